package io.parley.cli.load;

import io.parley.cli.client.Frames;
import io.parley.cli.client.People;
import io.parley.cli.client.Person;
import io.parley.cli.client.RestCalls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A few people, one socket each, who listen to many rooms and say nothing: what it takes until
 * every room is leased, and what it costs to keep the leases.
 */
final class Leasing {
  private static final int CONNECTIONS = 50;
  private static final int ROOMS_EACH = 1_000;

  private final Vertx vertx;
  private final LoadPlan plan;
  private final Nodes nodes;
  private final Consumer<String> progress;
  private final WebSocketClient client;
  private double madeIn;
  private double leasedIn;

  Leasing(Vertx vertx, LoadPlan plan, Nodes nodes, Consumer<String> progress) {
    this.vertx = vertx;
    this.plan = plan;
    this.nodes = nodes;
    this.progress = progress;
    this.client = Frames.sockets(vertx, CONNECTIONS);
  }

  /** How many people it takes at least: a socket listens to 1,000 rooms at most. */
  static int people(int rooms) {
    return (rooms + ROOMS_EACH - 1) / ROOMS_EACH;
  }

  Future<LoadReport> run() {
    RestCalls rest = new RestCalls(vertx, plan.rest().get(0), CONNECTIONS);
    People people = new People(rest, "load", progress);
    return people
        .signUp(plan.members())
        .compose(all -> open(people, all).compose(rooms -> measure(all, rooms)));
  }

  private Future<List<String>> open(People people, List<Person> all) {
    double began = Stock.now();
    return people.open(plan.rooms(), all).onSuccess(made -> madeIn = Stock.now() - began);
  }

  private Future<LoadReport> measure(List<Person> all, List<String> rooms) {
    return connect(all)
        .compose(
            sockets ->
                window("nobody listens")
                    .compose(
                        idle ->
                            lease(sockets, rooms)
                                .compose(
                                    leasing ->
                                        window("every room is listened to")
                                            .map(leased -> report(idle, leasing, leased))))
                    .compose(report -> close(sockets).map(report)));
  }

  private Future<List<LeaseSocket>> connect(List<Person> all) {
    List<Future<LeaseSocket>> sockets = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      sockets.add(LeaseSocket.connect(client, plan.bridge(i * plan.rooms()), all.get(i).token()));
    }
    return Future.all(sockets).map(done -> sockets.stream().map(Future::result).toList());
  }

  /** Each listens to the rooms that it has made. */
  private Future<Stock> lease(List<LeaseSocket> sockets, List<String> rooms) {
    return nodes
        .take()
        .compose(
            before -> {
              double began = Stock.now();
              return Future.all(
                      IntStream.range(0, sockets.size())
                          .mapToObj(each -> sockets.get(each).listen(share(each, rooms)))
                          .toList())
                  .onSuccess(done -> leasedIn = Stock.now() - began)
                  .compose(done -> nodes.take())
                  .map(after -> after.since(before));
            });
  }

  private List<String> share(int person, List<String> rooms) {
    return IntStream.range(0, rooms.size())
        .filter(room -> room % plan.members() == person)
        .mapToObj(rooms::get)
        .toList();
  }

  private Future<Stock> window(String what) {
    long millis = plan.duration().toMillis();
    progress.accept(what + ", for " + plan.duration().toSeconds() + " s");
    return vertx
        .timer(plan.warmUp().toMillis() + 1, TimeUnit.MILLISECONDS)
        .compose(settled -> nodes.take())
        .compose(
            before ->
                vertx
                    .timer(millis, TimeUnit.MILLISECONDS)
                    .compose(over -> nodes.take())
                    .map(after -> after.since(before)));
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

  private static Future<Void> close(List<LeaseSocket> sockets) {
    return Future.join(sockets.stream().map(LeaseSocket::close).toList()).mapEmpty();
  }
}
