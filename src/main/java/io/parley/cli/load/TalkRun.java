package io.parley.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Everybody in turn says something, until the time is over. */
final class TalkRun {
  private static final long TELL_MS = 5_000;

  private final Stage stage;
  private final LoadPlan plan;
  private final Crowd crowd;
  private final LoadTimes times;
  private int sent;
  private long acksTold;
  private long deliveriesTold;

  TalkRun(Stage stage, Crowd crowd, LoadTimes times) {
    this.stage = stage;
    this.plan = stage.plan();
    this.crowd = crowd;
    this.times = times;
  }

  /**
   * Sends everything and waits until all of it was answered and delivered, or nothing has come for
   * three seconds.
   *
   * @param cost takes stock: once when the warm-up is over, once at the end
   * @return what was used between the two
   */
  Future<LoadCost> talk(Supplier<Future<LoadCost>> cost) {
    Promise<LoadCost> warm = Promise.promise();
    Runnable warmedUp = () -> cost.get().onComplete(warm);
    Pace pace =
        plan.closedLoop()
            ? new ClosedLoop(stage.vertx(), plan, times, this::post, warmedUp)
            : new OpenLoop(stage.vertx(), plan, times, this::post, warmedUp);
    long teller = stage.vertx().setPeriodic(TELL_MS, timer -> tell(pace));
    return pace.send()
        .compose(done -> settle(pace))
        .onComplete(over -> sent = pace.sent())
        .onComplete(over -> stage.vertx().cancelTimer(teller))
        .compose(done -> Future.all(cost.get(), warm.future()))
        .map(both -> both.<LoadCost>resultAt(0).since(both.resultAt(1)));
  }

  /** How many messages were sent, when all is over. */
  int sent() {
    return sent;
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
        .onFailure(cause -> times.refused(String.valueOf(cause.getMessage())));
  }

  private Future<Void> settle(Pace pace) {
    return Awaiting.until(stage.vertx(), () -> complete(pace), times::events).mapEmpty();
  }

  private boolean complete(Pace pace) {
    boolean answered = times.settled() >= pace.sent();
    long expected =
        times.acks() == pace.sent()
            ? plan.receptions(pace.sent())
            : times.acks() * plan.roomSize(plan.rooms() - 1);
    return answered && times.deliveries() >= expected;
  }

  private void tell(Pace pace) {
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
            pace.sent() - times.settled()));
    acksTold = acks;
    deliveriesTold = deliveries;
  }
}
