package io.parley.cli.load;

import io.parley.cli.load.IdleReport.Sample;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** People who are connected and say nothing, until one of each room says something. */
final class Idling {
  private static final int SAMPLES = 10;

  private final Stage stage;
  private final LoadPlan plan;
  private final Gathering gathering;
  private final LoadTimes times;
  private final List<Sample> growth = new ArrayList<>();
  private final List<Future<Void>> sampling = new ArrayList<>();
  private double began;
  private double connectedIn;
  private double reachedIn;

  Idling(Stage stage, Gathering gathering) {
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
                connect(crowd)
                    .compose(connecting -> idle(crowd, connecting))
                    .compose(report -> crowd.close().map(report)));
  }

  private Future<Stock> connect(Crowd crowd) {
    return sample(0)
        .compose(
            first ->
                Windows.during(
                    stage,
                    () -> {
                      began = Stock.now();
                      return crowd
                          .connect(this::connected)
                          .onSuccess(done -> connectedIn = Stock.now() - began)
                          .compose(done -> Future.all(sampling))
                          .mapEmpty();
                    }));
  }

  private void connected(int sockets) {
    int step = Math.max(1, plan.members() / SAMPLES);
    if (sockets % step == 0 && sockets / step <= SAMPLES) {
      sampling.add(sample(sockets));
    }
  }

  private Future<Void> sample(int sockets) {
    double at = sockets == 0 ? 0 : Stock.now() - began;
    return stage
        .nodes()
        .take()
        .map(Stock::sum)
        .onSuccess(
            use -> growth.add(new Sample(sockets, at, use.residentBytes(), use.cpuSeconds())))
        .mapEmpty();
  }

  private Future<LoadReport> idle(Crowd crowd, Stock connecting) {
    return Windows.of(stage, "everybody is connected and silent")
        .compose(idle -> reach(crowd).map(reached -> report(connecting, idle)));
  }

  /** The first of each room says something. */
  private Future<Void> reach(Crowd crowd) {
    stage.tell("one message to each of " + plan.rooms() + " rooms");
    times.measureFrom(0);
    double first = Stock.now();
    for (int room = 0; room < plan.rooms(); room++) {
      times.sent(room, System.nanoTime());
      crowd.socket(room).post(room);
    }
    return Awaiting.until(stage.vertx(), () -> times.deliveries() >= plan.members(), times::events)
        .onSuccess(silentSince -> reachedIn = silentSince - first)
        .mapEmpty();
  }

  private LoadReport report(Stock connecting, Stock idle) {
    return new IdleReport(
        plan.members(),
        plan.rooms(),
        plan.bridges().size(),
        plan.framing(),
        connectedIn,
        growth,
        IdleReport.slope(growth),
        connecting,
        idle,
        plan.members(),
        times.deliveries(),
        reachedIn,
        Latencies.of(times.deliveredMicros()),
        times.firstRefusal(),
        times.closes());
  }
}
