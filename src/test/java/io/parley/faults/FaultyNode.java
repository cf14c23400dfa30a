package io.parley.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.Deployment;
import io.parley.Fittings;
import io.parley.cli.Parley;
import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Parley as usual, in whose way somebody stands: it can be told over a port of its own to fail at
 * certain points, or it breaks a promise from the start.
 *
 * <ul>
 *   <li>{@code -Dparley.sabotage=ack-before-write} and others: see {@link Sabotage};
 *   <li>{@code -Dparley.owner=forced}: this node believes itself alone, and owns every log;
 *   <li>{@code -Dparley.clock=-3600}: its clock is so many seconds ahead; while it runs it can be
 *       told to jump.
 * </ul>
 */
final class FaultyNode {
  static final String TAKEN = "faults are taken on port ";

  private FaultyNode() {}

  public static void main(String[] arguments) {
    Failpoints points = new Failpoints();
    Sabotage sabotage = Sabotage.of(System.getProperty("parley.sabotage", "none"));
    Duration ahead = Duration.ofSeconds(Long.getLong("parley.clock", 0));
    AtomicReference<Clock> clock = new AtomicReference<>(Clock.offset(Clock.systemUTC(), ahead));
    listen(points, clock);
    System.exit(
        Parley.run(
            arguments,
            System.getenv(),
            config -> {
              sabotage.prepare(config);
              return Deployment.start(config, fittings(points, sabotage, clock));
            }));
  }

  private static Fittings fittings(
      Failpoints points, Sabotage sabotage, AtomicReference<Clock> clock) {
    boolean forced = System.getProperty("parley.owner", "").equals("forced");
    InstantSource time = () -> clock.get().instant();
    return new Fittings(
        time.withZone(ZoneOffset.UTC),
        store -> sabotage.store(new StorePoints(store, points)),
        (self, present) -> forced ? Set.of(self) : present,
        vertx -> {
          sabotage.watch(vertx);
          BusPoints.watch(points, vertx);
        });
  }

  private static void listen(Failpoints points, AtomicReference<Clock> clock) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> answer(exchange, points, clock));
      server.setExecutor(
          task -> {
            Thread thread = new Thread(task, "faults");
            thread.setDaemon(true);
            thread.start();
          });
      server.start();
      Failpoints.tell(TAKEN + server.getAddress().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange, Failpoints points, AtomicReference<Clock> clock)
      throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    switch (exchange.getRequestURI().getPath()) {
      case "/arm" -> points.arm(Arming.parse(query));
      case "/clock" ->
          clock.set(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(query))));
      case "/disarm" -> points.disarm(Point.of(query));
      default -> {}
    }
    Map<String, Failpoints.Count> counts = new TreeMap<>();
    Arrays.stream(Point.values()).forEach(each -> counts.put(each.word(), points.count(each)));
    byte[] body = Json.write(counts).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
