package io.parley.cli.load;

import io.parley.cli.client.Person;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A few people, one socket each, who listen to many rooms and say nothing: what it takes until
 * every room is leased, and what it costs to keep the leases.
 */
final class Leasing {
  private static final int ROOMS_EACH = 1_000;

  private final Stage stage;
  private final LoadPlan plan;
  private final Gathering gathering;
  private double madeIn;
  private double leasedIn;

  Leasing(Stage stage, Gathering gathering) {
    this.stage = stage;
    this.plan = stage.plan();
    this.gathering = gathering;
  }

  /** How many people it takes at least: a socket listens to 1,000 rooms at most. */
  static int people(int rooms) {
    return (rooms + ROOMS_EACH - 1) / ROOMS_EACH;
  }

  Future<LoadReport> run() {
    return gathering
        .persons()
        .compose(all -> open(all).compose(rooms -> measure(crowd(all), rooms)));
  }

  private Future<List<String>> open(List<Person> all) {
    double began = Stock.now();
    return gathering.open(all).onSuccess(made -> madeIn = Stock.now() - began);
  }

  private Crowd crowd(List<Person> all) {
    LoadTimes times = LoadTimes.asSent(plan.threads());
    return new Crowd(
        stage,
        IntStream.range(0, all.size())
            .mapToObj(index -> new Member(index, all.get(index), ""))
            .map(member -> new LoadSocket(stage, member, times, List.of()))
            .toList());
  }

  private Future<LoadReport> measure(Crowd crowd, List<String> rooms) {
    return crowd
        .connect()
        .compose(connected -> Windows.of(stage, "nobody listens"))
        .compose(idle -> leased(crowd, rooms, idle))
        .compose(report -> crowd.close().map(report));
  }

  private Future<LoadReport> leased(Crowd crowd, List<String> rooms, Stock idle) {
    return lease(crowd, rooms)
        .compose(
            leasing ->
                Windows.of(stage, "every room is listened to")
                    .map(leased -> report(idle, leasing, leased)));
  }

  /** Each listens to the rooms that it has made. */
  private Future<Stock> lease(Crowd crowd, List<String> rooms) {
    return Windows.during(
        stage,
        () -> {
          double began = Stock.now();
          return Future.all(
                  IntStream.range(0, crowd.size())
                      .mapToObj(each -> crowd.socket(each).listen(share(each, rooms)))
                      .toList())
              .onSuccess(done -> leasedIn = Stock.now() - began)
              .mapEmpty();
        });
  }

  private List<String> share(int person, List<String> rooms) {
    return IntStream.range(0, rooms.size())
        .filter(room -> room % plan.members() == person)
        .mapToObj(rooms::get)
        .toList();
  }

  private LoadReport report(Stock idle, Stock leasing, Stock leased) {
    return new LeaseReport(
        plan.rooms(),
        plan.members(),
        plan.bridges().size(),
        madeIn,
        leasedIn,
        idle,
        leasing,
        leased);
  }
}
