package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.Scraped;
import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stores in a process of their own, and nodes that come one by one. */
final class Server implements AutoCloseable {
  private static final String JVM = System.getProperty("parley.bench.jvm", "");

  /** What differs from the defaults. */
  static final String SETTINGS =
      "`limits.roomRate: 0`, `limits.userRate: 0`, `edge.frameRate: 0`"
          + (JVM.isEmpty() ? "" : ", java `" + JVM + "`");

  static final String ALL = "http,bridge,persistence,media";
  private static final int SHARDS = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(20);

  private final Path data;
  private final List<String> place;
  private final ParleyProcess stores;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> edge = new HashMap<>();

  private record Node(ParleyProcess process, String roles) {}

  Server(Path data) {
    this(data, List.of());
  }

  /**
   * @param place what stands before the command of each node, to give it a processor of its own
   */
  Server(Path data, List<String> place) {
    this.data = data;
    this.place = place;
    this.stores = ParleyProcess.command("stores", data).asInProduction().start();
    stores.awaitLine("The stores are ready");
  }

  /**
   * Lets nodes that are added believe this machine where a request is from, and count what each of
   * those places asks, as by default.
   */
  Server behindProxies() {
    edge.put("PARLEY_EDGE_TRUSTED_PROXIES", "127.0.0.1");
    edge.put("PARLEY_LIMITS_REST_ANONYMOUS", "100");
    return this;
  }

  /** Starts one node more; returns when each that keeps logs has its share. */
  void add(String roles) {
    ParleyProcess.Builder built =
        ParleyProcess.serve(data)
            .asInProduction()
            .inside(place)
            .with("--roles", roles)
            .withoutRates();
    edge.forEach(built::env);
    JVM.lines().flatMap(line -> Stream.of(line.split(" "))).forEach(built::jvm);
    ParleyProcess node = built.start();
    nodes.add(new Node(node.awaitReady(), roles));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                with("persistence").stream()
                            .mapToInt(each -> (int) Scraped.value(each, "parley_log_shards"))
                            .filter(shards -> shards > 0)
                            .sum()
                        == SHARDS
                    && with("persistence").stream()
                        .allMatch(each -> Scraped.value(each, "parley_log_shards") > 0));
  }

  /** The load tool, in the name of people on all nodes, minted; every node is measured. */
  ParleyProcess.Builder load(Path json) {
    return ParleyProcess.command("load", data)
        .asInProduction()
        .with("--mint")
        .with("--url", all(with("http"), ParleyProcess::url))
        .with("--bridge", all(with("bridge"), ParleyProcess::bridgeUrl))
        .with("--admin", all(with(""), node -> "http://127.0.0.1:" + node.adminPort()))
        .with("--pid", all(with(""), node -> Long.toString(node.pid())))
        .with("--stores", Long.toString(stores.pid()))
        .with("--json", json.toString());
  }

  /** Runs the load tool to its end. Returns what it has written. */
  JsonNode run(ParleyProcess.Builder load, Path json) {
    return end(load.start(), json);
  }

  /** Waits until a tool has come to its end. Returns what it has written. */
  JsonNode end(ParleyProcess load, Path json) {
    try (ParleyProcess running = load) {
      assertThat(running.awaitExit(LONG)).as("%s", running.output()).isZero();
      return Json.mapper().readTree(json.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All nodes, in the order in which they came. */
  List<ParleyProcess> nodes() {
    return with("");
  }

  ParleyProcess stores() {
    return stores;
  }

  /** What the nodes are configured with. */
  Config config() {
    return ConfigLoader.load(Optional.empty(), Map.of(), Map.of("node.data", data.toString()))
        .config();
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.process.close());
    stores.terminate();
  }

  private List<ParleyProcess> with(String role) {
    return nodes.stream().filter(node -> node.roles.contains(role)).map(Node::process).toList();
  }

  private static String all(List<ParleyProcess> nodes, Function<ParleyProcess, String> what) {
    return nodes.stream().map(what).collect(Collectors.joining(","));
  }
}
