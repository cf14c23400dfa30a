package io.parley.cli.load;

import io.parley.failure.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.LongSupplier;

/** Everybody in turn says something, until the time is over. */
final class TalkRun {
  private static final long TELL_MS = 5_000;

  private final Stage stage;
  private final LoadPlan plan;
  private final Crowd crowd;
  private final LoadTimes times;
  private final int first;
  private final Tally before;
  private final Promise<LoadCost> warm = Promise.promise();
  private final Pace pace;
  private long acksTold;
  private long deliveriesTold;

  /** The first run of a crowd. */
  TalkRun(Stage stage, Crowd crowd, LoadTimes times) {
    this(stage, stage.plan(), crowd, times, 0);
  }

  /**
   * @param plan of this run
   * @param first the number of its first message, greater than that of any before
   */
  TalkRun(Stage stage, LoadPlan plan, Crowd crowd, LoadTimes times, int first) {
    this.stage = stage;
    this.plan = plan;
    this.crowd = crowd;
    this.times = times;
    this.first = first;
    this.before = Tally.of(times);
    this.acksTold = before.acks();
    this.deliveriesTold = before.deliveries();
    this.pace = pace();
  }

  private Pace pace() {
    Runnable warmedUp = () -> cost().onComplete(warm);
    LongSupplier answered = () -> times.settled() - before.settled();
    return plan.closedLoop()
        ? new ClosedLoop(stage.vertx(), plan, times, first, this::post, warmedUp)
        : new OpenLoop(stage.vertx(), plan, times, first, answered, this::post, warmedUp);
  }

  /**
   * Sends everything and waits until all of it was answered and delivered, or nothing has come for
   * three seconds. Returns what was used from the end of the warm-up on.
   */
  Future<LoadCost> talk() {
    long teller = stage.vertx().setPeriodic(TELL_MS, timer -> tell());
    return pace.send()
        .compose(done -> settle())
        .onComplete(over -> stage.vertx().cancelTimer(teller))
        .compose(done -> Future.all(cost(), warm.future()))
        .map(both -> both.<LoadCost>resultAt(0).since(both.resultAt(1)));
  }

  /** How many messages were sent. */
  int sent() {
    return pace.sent();
  }

  /** How many were due and were not sent. */
  int heldBack() {
    return pace.heldBack();
  }

  /** The number of the first message of the next run. */
  int next() {
    return pace.next();
  }

  /** What has come of the messages of this run. */
  Tally tally() {
    return Tally.of(times).since(before);
  }

  private Future<LoadCost> cost() {
    long acks = times.acks();
    long deliveries = times.deliveries();
    return stage.nodes().take().map(stock -> new LoadCost(stock, acks, deliveries));
  }

  private void post(int number) {
    int person = number % crowd.size();
    if (plan.via() == LoadPlan.Via.SOCKET) {
      crowd.socket(person).post(number);
    } else {
      postByRest(crowd.socket(person).member(), number);
    }
  }

  private void postByRest(Member member, int number) {
    stage
        .rest(member.index())
        .post(
            "/api/rooms/" + member.room() + "/messages",
            member.person().token(),
            stage.restPost(number))
        .onSuccess(answer -> times.rest().acknowledged(number, System.nanoTime()))
        .onFailure(this::refused);
  }

  private void refused(Throwable cause) {
    times.refused(Failure.from(cause).reason().name(), () -> String.valueOf(cause.getMessage()));
  }

  private Future<Void> settle() {
    return Awaiting.until(stage.vertx(), this::complete, times::events).mapEmpty();
  }

  private boolean complete() {
    long acks = times.acks() - before.acks();
    boolean inTurns = first == 0 && acks == pace.next();
    long expected = inTurns ? plan.receptions(pace.sent()) : acks * plan.roomSize(plan.rooms() - 1);
    return times.settled() - before.settled() >= pace.sent()
        && times.deliveries() - before.deliveries() >= expected;
  }

  private void tell() {
    long acks = times.acks();
    long deliveries = times.deliveries();
    stage.tell(
        UseTable.format(
            "sent %d, acknowledged %d (%d/s), delivered %d (%d/s), refused %d, unanswered %d",
            pace.sent(),
            acks,
            (acks - acksTold) * 1000 / TELL_MS,
            deliveries,
            (deliveries - deliveriesTold) * 1000 / TELL_MS,
            times.refusals(),
            pace.sent() + before.settled() - times.settled()));
    acksTold = acks;
    deliveriesTold = deliveries;
  }
}
