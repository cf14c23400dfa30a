package io.parley.cli.verify;

import io.parley.cli.client.People;
import io.parley.cli.client.Person;
import io.parley.cli.history.Checker;
import io.parley.cli.history.Event;
import io.parley.cli.history.History;
import io.parley.cli.history.Recorder;
import io.parley.cli.history.RoomLog;
import io.parley.cli.history.Violation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One run: {@link #gather}, {@link #talk}, {@link #conclude}, in this order, and meanwhile {@link
 * #fault} whenever somebody breaks something. May be called from any thread.
 */
public final class Verification {
  private static final int TICK_MS = 10;
  private static final int PROGRESS_MS = 3_000;
  private static final int LOOK_EVERY_POSTS = 10;

  private final VerifyPlan plan;
  private final Function<String, Writer> files;
  private final Consumer<String> progress;
  private final Context context;
  private final Stage stage;
  private final Recorder events;
  private final List<Talker> talkers = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private long startedAt;
  private long due;
  private boolean enough;
  private Optional<Mischief> mischief = Optional.empty();

  /**
   * What came of a run.
   *
   * @param violations none, for a server that keeps its promises
   */
  public record Outcome(List<History> histories, List<RoomLog> logs, List<Violation> violations) {}

  /**
   * @param files where the history of each client is written, by its name
   * @param progress is told in words how it goes
   */
  public Verification(
      Vertx vertx, VerifyPlan plan, Function<String, Writer> files, Consumer<String> progress) {
    this.plan = plan;
    this.files = files;
    this.progress = progress;
    this.context = vertx.getOrCreateContext();
    this.stage = new Stage(vertx, plan);
    this.events = new Recorder(files.apply("faults"));
    events.add(new Event.Began(stage.micros(), "faults", ""));
  }

  /** Signs everybody up, makes the rooms, connects; completes when everybody hears their rooms. */
  public Future<Void> gather() {
    People people = new People(stage.rest(0), "verify", progress);
    return here(
        () ->
            people
                .signUp(plan.clients())
                .compose(
                    all -> people.open(plan.rooms(), all).compose(made -> enter(people, all, made)))
                .compose(
                    done -> everybody(Talker::hearsAll, "not everybody came to hear the rooms")));
  }

  /** Posts, cuts, removes and looks for as long as planned, or until it is {@link #enough}. */
  public Future<Void> talk() {
    return here(
        () -> {
          startedAt = stage.micros();
          mischief = Optional.of(new Mischief(stage, plan, talkers, rooms));
          Promise<Void> over = Promise.promise();
          stage.vertx().setPeriodic(TICK_MS, timer -> tick(timer, over));
          long telling = stage.vertx().setPeriodic(PROGRESS_MS, timer -> tell());
          return over.future().onComplete(done -> stage.vertx().cancelTimer(telling));
        });
  }

  /** Nothing new is posted from now on. */
  public Future<Void> enough() {
    return here(
        () -> {
          enough = true;
          return Future.succeededFuture();
        });
  }

  /** Everybody loses their connection in this moment; tells how many had one. */
  public Future<Long> cutAll() {
    return here(
        () -> {
          List<Talker> connected =
              talkers.stream().filter(talker -> talker.line().isPresent()).toList();
          connected.forEach(Talker::cut);
          return Future.succeededFuture((long) connected.size());
        });
  }

  /** Writes down that something is being broken now. */
  public Future<Void> fault(String name) {
    return here(
        () -> {
          events.add(new Event.Fault(stage.micros(), name));
          return Future.succeededFuture();
        });
  }

  /**
   * Waits until every post has its answer and everybody has heard the ends of their rooms, or for
   * as long as planned; then reads the logs and judges. Fails UNAVAILABLE if the logs cannot be
   * read.
   */
  public Future<Outcome> conclude() {
    return here(
        () ->
            new Conclusion(stage, plan.patience(), talkers, rooms)
                .reach()
                .map(this::judge)
                .onComplete(done -> end()));
  }

  private Future<Void> enter(People people, List<Person> all, List<String> made) {
    rooms.addAll(made);
    List<List<String>> places = IntStream.range(0, all.size()).mapToObj(this::places).toList();
    return people
        .inTurns(
            all.size(),
            "entered",
            index ->
                Future.all(
                    places.get(index).stream()
                        .map(room -> people.enter(all.get(index), room))
                        .toList()))
        .onSuccess(
            done -> {
              for (int i = 0; i < all.size(); i++) {
                Person person = all.get(i);
                Recorder recorder = new Recorder(files.apply(person.username()));
                talkers.add(new Talker(stage, person, i, places.get(i), recorder));
              }
              talkers.forEach(Talker::start);
            });
  }

  /** The rooms of a client: those it owns, and the next ones. */
  private List<String> places(int client) {
    Stream<String> own =
        IntStream.range(0, rooms.size())
            .filter(room -> room % plan.clients() == client)
            .mapToObj(rooms::get);
    Stream<String> more =
        IntStream.range(0, plan.roomsEach()).mapToObj(i -> rooms.get((client + i) % rooms.size()));
    return Stream.concat(own, more).distinct().toList();
  }

  private void tick(long timer, Promise<Void> over) {
    long now = stage.micros();
    if (enough || now - startedAt >= micros(plan.duration().toMillis())) {
      stage.vertx().cancelTimer(timer);
      over.complete();
      return;
    }
    while (due * TimeUnit.SECONDS.toMicros(1) / plan.rate() <= now - startedAt) {
      due++;
      stage.any(talkers).post();
      if (due % LOOK_EVERY_POSTS == 0) {
        stage.any(talkers).look();
      }
    }
    mischief.orElseThrow().tick();
  }

  private void tell() {
    progress.accept(
        String.format(
            "%4d s: %,d posts, %,d acknowledged, %,d waiting, %,d connections",
            TimeUnit.MICROSECONDS.toSeconds(stage.micros() - startedAt),
            talkers.stream().mapToInt(one -> one.posting().posts()).sum(),
            talkers.stream().mapToInt(one -> one.posting().acknowledged()).sum(),
            talkers.stream().mapToInt(one -> one.posting().waiting()).sum(),
            talkers.stream().mapToInt(Talker::connections).sum()));
  }

  private Future<Void> everybody(Function<Talker, Boolean> so, String otherwise) {
    return stage
        .until(() -> talkers.stream().allMatch(so::apply), plan.patience().toMillis())
        .compose(yes -> yes ? Future.succeededFuture() : Future.failedFuture(otherwise));
  }

  private Outcome judge(List<RoomLog> logs) {
    List<History> histories =
        Stream.concat(talkers.stream().map(Talker::recorder), Stream.of(events))
            .map(Recorder::history)
            .toList();
    return new Outcome(histories, logs, Checker.check(histories, logs));
  }

  private void end() {
    stage.end();
    talkers.forEach(Talker::end);
    events.close();
  }

  /** Everything happens on one event loop, whoever calls. */
  private <T> Future<T> here(Supplier<Future<T>> what) {
    Promise<T> done = Promise.promise();
    context.runOnContext(now -> what.get().onComplete(done));
    return done.future();
  }

  private static long micros(long millis) {
    return TimeUnit.MILLISECONDS.toMicros(millis);
  }
}
