package io.parley.journeys;

import static org.awaitility.Awaitility.await;

import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.Scraped;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Three nodes on one data directory, the stores in a process of their own, and three people. */
final class ThreeNodes implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final int SHARDS = 256;
  static final Duration ROUTING_PAUSE = Duration.ofSeconds(3);
  static final Duration MOVING = Duration.ofSeconds(2);

  private final Vertx vertx = Vertx.vertx();
  private final ParleyProcess stores;
  private final List<ParleyProcess> nodes = new ArrayList<>();
  private final List<RestUser> people = new ArrayList<>();

  ThreeNodes(Path data) {
    stores = ParleyProcess.command("stores", data).start();
    stores.awaitLine("The stores are ready");
    List<ParleyProcess> starting =
        IntStream.range(0, 3)
            .mapToObj(
                each ->
                    ParleyProcess.serve(data)
                        .withoutRates()
                        .env("PARLEY_NODE_ROUTING_PAUSE", ROUTING_PAUSE.toSeconds() + "s")
                        .env("PARLEY_NODE_MOVING", MOVING.toSeconds() + "s")
                        .jvm("-Xmx512m")
                        .start())
            .toList();
    starting.forEach(node -> nodes.add(node.awaitReady()));
    awaitShared();
    for (int i = 0; i < 3; i++) {
      people.add(RestClient.signUp(nodes.get(0).httpPort(), "P" + i));
    }
  }

  Vertx vertx() {
    return vertx;
  }

  ParleyProcess node(int number) {
    return nodes.get(number);
  }

  /** Whose client asks the first node, which no test takes away. */
  RestUser person(int number) {
    return people.get(number);
  }

  /** Starts a node again that was killed or stopped, and waits until it has its share. */
  void restart(int number) {
    nodes.set(number, nodes.get(number).restart().awaitReady());
    awaitShared();
  }

  void signal(int number, String name) {
    nodes.get(number).signal(name);
  }

  int shards(int number) {
    return (int) Scraped.value(nodes.get(number), "parley_log_shards");
  }

  /** Waits until these nodes own everything, each some of it. */
  void awaitShared(int... numbers) {
    int[] all = numbers.length == 0 ? new int[] {0, 1, 2} : numbers;
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                IntStream.of(all).allMatch(each -> shards(each) > 0)
                    && IntStream.of(all).map(this::shards).sum() == SHARDS);
  }

  @Override
  public void close() {
    IntStream.range(0, nodes.size())
        .filter(each -> nodes.get(each).isAlive())
        .forEach(each -> signal(each, "TERM"));
    nodes.forEach(ParleyProcess::close);
    stores.terminate();
    Await.of(vertx.close());
  }
}
