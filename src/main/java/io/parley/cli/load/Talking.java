package io.parley.cli.load;

import io.parley.cli.client.People;
import io.parley.cli.client.Person;
import io.parley.cli.client.RestCalls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** People who talk in rooms at a given rate. */
final class Talking {
  private static final int CONNECTIONS = 200;

  private final Vertx vertx;
  private final LoadPlan plan;
  private final Nodes nodes;
  private final Consumer<String> progress;
  private final List<RestCalls> rest;

  Talking(Vertx vertx, LoadPlan plan, Nodes nodes, Consumer<String> progress) {
    this.vertx = vertx;
    this.plan = plan;
    this.nodes = nodes;
    this.progress = progress;
    this.rest =
        plan.rest().stream().map(origin -> new RestCalls(vertx, origin, CONNECTIONS)).toList();
  }

  Future<LoadReport> run() {
    People people = new People(rest.get(0), "load", progress);
    return people
        .signUp(plan.members())
        .compose(
            all ->
                people
                    .open(plan.rooms(), all.subList(0, 1))
                    .compose(rooms -> enter(people, all, rooms)))
        .map(members -> new LoadRun(vertx, plan, members, rest))
        .compose(run -> run.connect(progress).map(run))
        .compose(this::measure);
  }

  /** Everybody, evenly spread over the rooms. */
  private static Future<List<Member>> enter(People people, List<Person> all, List<String> rooms) {
    return people
        .inTurns(
            all.size(),
            "entered",
            index -> people.enter(all.get(index), rooms.get(index % rooms.size())))
        .map(
            done ->
                IntStream.range(0, all.size())
                    .mapToObj(
                        index ->
                            new Member(all.get(index).token(), rooms.get(index % rooms.size())))
                    .toList());
  }

  private Future<LoadReport> measure(LoadRun run) {
    LoadTimes times = run.times();
    return run.talk(() -> cost(times))
        .<LoadReport>map(cost -> TalkReport.of(plan, times, cost))
        .compose(report -> run.close().map(report));
  }

  private Future<LoadCost> cost(LoadTimes times) {
    long acks = times.acks();
    long deliveries = times.deliveries();
    return nodes.take().map(stock -> new LoadCost(stock, acks, deliveries));
  }
}
