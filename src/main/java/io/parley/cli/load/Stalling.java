package io.parley.cli.load;

import io.parley.cli.load.StalledReport.Return;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A room in which some stop reading for a while, so that what is sent to them waits at the server.
 * The others talk on; in turns with stretches in which everybody reads. Whoever has stalled reads
 * on when the others are silent, or comes back with their cursor if the server has closed their
 * socket, and must then have everything.
 */
final class Stalling {
  private static final int AGAIN_MS = 50;
  private static final double PATIENCE_SECONDS = 60;

  private final Stage stage;
  private final LoadPlan plan;
  private final Crowd talkers;
  private final Crowd stallers;
  private final LoadTimes times;
  private final LoadTimes unread;
  private final Stretches stretches;
  private final List<Return> returns = new ArrayList<>();
  private double backIn;

  Stalling(Stage stage, List<Member> members) {
    this.stage = stage;
    int others = members.size() - stage.plan().stalled();
    this.plan = stage.plan().among(others);
    this.times = LoadTimes.atRate(plan.threads());
    this.unread = LoadTimes.atRate(plan.threads());
    this.talkers = Crowd.of(stage, members.subList(0, others), times);
    talkers.socket(0).following();
    this.stallers = Crowd.of(stage, members.subList(others, members.size()), unread);
    stallers.sockets().forEach(socket -> socket.following().narrow());
    this.stretches = new Stretches(stage, talkers, times);
  }

  Future<LoadReport> run() {
    return stallers
        .connect()
        .compose(done -> talkers.connect())
        .compose(done -> stretches.warmUp(plan.paced(plan.rate(), 0, plan.warmUp())))
        .compose(warm -> rounds(plan.rounds()))
        .map(done -> report())
        .compose(report -> talkers.close().map(report))
        .compose(report -> stallers.close().map(report));
  }

  private Future<Void> rounds(int left) {
    return left == 0
        ? Future.succeededFuture()
        : talk("everybody reads").compose(calm -> stall()).compose(whole -> rounds(left - 1));
  }

  private Future<Stretch> talk(String name) {
    return stretches.take(name, plan.paced(plan.rate(), 0, plan.duration()));
  }

  /** A socket may have been closed after the last entry had come. */
  private Future<Void> stall() {
    return allWhole()
        .onSuccess(all -> stallers.sockets().forEach(LoadSocket::stall))
        .compose(all -> Windows.during(stage, this::talkOn))
        .onSuccess(used -> returns.add(returned(used)))
        .mapEmpty();
  }

  private Future<Void> talkOn() {
    return talk("some stalled").compose(talked -> comeBack());
  }

  private Future<Void> comeBack() {
    stage.tell("those who stalled read on");
    double began = Stock.now();
    stallers.sockets().forEach(LoadSocket::readOn);
    return allWhole().onSuccess(all -> backIn = Stock.now() - began);
  }

  private Future<Void> allWhole() {
    double began = Stock.now();
    return Future.all(stallers.sockets().stream().map(socket -> whole(socket, began)).toList())
        .mapEmpty();
  }

  /** Waits until somebody has all there is, connecting again whenever the socket is closed. */
  private Future<Void> whole(LoadSocket socket, double began) {
    boolean done = socket.connected() && isWhole(socket);
    if (done || Stock.now() - began > PATIENCE_SECONDS) {
      return Future.succeededFuture();
    }
    Future<Void> step =
        socket.connected()
            ? Future.succeededFuture()
            : socket.connect().recover(cause -> missedMore(socket, cause));
    return step.eventually(() -> stage.vertx().timer(AGAIN_MS, TimeUnit.MILLISECONDS))
        .transform(taken -> whole(socket, began));
  }

  private Future<Void> missedMore(LoadSocket socket, Throwable cause) {
    return socket.behind() ? CatchUp.of(stage, socket) : Future.failedFuture(cause);
  }

  /** The first of the talkers has heard all there is. */
  private boolean isWhole(LoadSocket socket) {
    return socket.place().seq() == talkers.socket(0).place().seq();
  }

  private Return returned(Stock used) {
    return new Return(
        used.sum().slow(),
        (int) stallers.sockets().stream().filter(this::isWhole).count(),
        stallers.sockets().stream().mapToInt(socket -> socket.place().breaks()).sum(),
        backIn,
        Peak.of(used));
  }

  private LoadReport report() {
    return new StalledReport(
        stage.plan().members(),
        stallers.size(),
        plan.bridges().size(),
        plan.framing(),
        plan.rate(),
        plan.bodyBytes(),
        stretches.taken(),
        List.copyOf(returns),
        times.firstRefusal(),
        times.closes(),
        unread.closes());
  }
}
