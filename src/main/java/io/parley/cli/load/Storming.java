package io.parley.cli.load;

import io.parley.cli.client.RestCalls;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Everybody loses the connection at once, misses something, comes back and catches up. */
final class Storming {
  private static final int POSTING_AT_ONCE = 50;
  private static final int CONNECTING_AT_ONCE = 500;
  private static final int AGAIN_MS = 250;
  private static final double PATIENCE_SECONDS = 120;

  private final Stage stage;
  private final LoadPlan plan;
  private final Gathering gathering;
  private final LoadTimes times;
  private final Histogram ready = new ConcurrentHistogram(LoadTimes.HIGHEST, 3);
  private final AtomicInteger retries = new AtomicInteger();
  private double began;
  private double readyIn;

  Storming(Stage stage, Gathering gathering) {
    this.stage = stage;
    this.plan = stage.plan();
    this.gathering = gathering;
    this.times = LoadTimes.asSent(plan.threads());
  }

  Future<LoadReport> run() {
    return gathering
        .gather()
        .map(members -> Crowd.of(stage, members, times))
        .compose(
            crowd ->
                crowd
                    .connect()
                    .compose(connected -> Windows.of(stage, "everybody is connected"))
                    .compose(calm -> storm(crowd, calm))
                    .compose(report -> crowd.close().map(report)));
  }

  private Future<LoadReport> storm(Crowd crowd, Stock calm) {
    stage.tell("everybody loses the connection");
    crowd.sockets().forEach(LoadSocket::drop);
    return miss(crowd)
        .compose(missed -> Windows.during(stage, () -> comeBack(crowd)))
        .map(storm -> report(crowd, calm, storm));
  }

  /** Somebody says something in each room while nobody hears it. */
  private Future<Void> miss(Crowd crowd) {
    return Pacing.run(
        stage.vertx(),
        plan.rooms() * plan.missed(),
        POSTING_AT_ONCE,
        0,
        number -> postByRest(crowd.socket(number % plan.rooms()).member(), number),
        posted -> {});
  }

  private Future<Void> postByRest(Member member, int number) {
    RestCalls rest = stage.rest(member.index());
    return rest.post(
            "/api/rooms/" + member.room() + "/messages",
            member.person().token(),
            stage.restPost(number))
        .mapEmpty();
  }

  private Future<Void> comeBack(Crowd crowd) {
    stage.tell("everybody comes back");
    began = Stock.now();
    return Pacing.run(
            stage.vertx(),
            crowd.size(),
            CONNECTING_AT_ONCE,
            plan.connectRate(),
            index -> comeBack(crowd.socket(index)),
            crowd::tell)
        .onSuccess(done -> readyIn = Stock.now() - began);
  }

  private Future<Void> comeBack(LoadSocket socket) {
    return socket
        .connect()
        .onSuccess(
            heard -> {
              double micros = (Stock.now() - began) * TimeUnit.SECONDS.toMicros(1);
              ready.recordValue(Math.min(LoadTimes.HIGHEST, (long) micros));
            })
        .recover(
            refused ->
                Stock.now() - began > PATIENCE_SECONDS
                    ? Future.failedFuture(refused)
                    : again(socket));
  }

  private Future<Void> again(LoadSocket socket) {
    retries.incrementAndGet();
    return stage.vertx().timer(AGAIN_MS, TimeUnit.MILLISECONDS).compose(later -> comeBack(socket));
  }

  private LoadReport report(Crowd crowd, Stock calm, Stock storm) {
    List<LoadSocket> sockets = crowd.sockets();
    return new StormReport(
        crowd.size(),
        plan.rooms(),
        plan.bridges().size(),
        plan.framing(),
        plan.missed(),
        readyIn,
        Latencies.of(ready),
        retries.get(),
        (long) crowd.size() * plan.missed(),
        sockets.stream().mapToLong(LoadSocket::received).sum(),
        (int) sockets.stream().filter(socket -> socket.received() != plan.missed()).count(),
        calm,
        storm,
        times.closes());
  }
}
