package io.parley.bench;

import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.TOO_MANY_REQUESTS;
import static io.netty.handler.codec.http.HttpResponseStatus.UNAUTHORIZED;

import io.parley.bench.SignIns.Answered;
import io.parley.bench.SignIns.Try;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who talk notice of those who guess passwords, and how many can sign in. */
class SignInBench {
  private static final int SECONDS = Integer.getInteger("parley.bench.seconds", 30);
  private static final int WARM_UP = Integer.getInteger("parley.bench.warm-up", 20);
  private static final int ROUNDS = Integer.getInteger("parley.bench.rounds", 3);
  private static final int GUESSERS = Integer.getInteger("parley.bench.guessers", 200);
  private static final int RATE = Integer.getInteger("parley.bench.rate", 100);
  private static final String ONE_ADDRESS = "192.0.2.7";
  private static final int ROOMS = 20;
  private static final int MEMBERS = 200;
  private static final int ACCOUNTS = GUESSERS;
  private static final long SEED = Long.getLong("parley.seed", 1);

  private final Vertx vertx = Vertx.vertx();
  private final Random random = new Random(SEED);

  @AfterEach
  void end() {
    Await.of(vertx.close());
  }

  /** What one stretch came to. */
  private record Stretch(Measured talk, Answered guesses) {
    double p99(String field) {
      return talk.report().path(field).path("p99").asDouble();
    }
  }

  @Test
  void wrongPasswordsBesideTalk(@TempDir Path data) {
    Table table =
        new Table(
            "sign-in-flood",
            "%s; %d messages a second in %d rooms × %d; seed %d"
                .formatted(Server.SETTINGS, RATE, ROOMS, MEMBERS / ROOMS, SEED),
            "who guesses",
            "round",
            "compared/s",
            "told to wait/s",
            "refused as too many/s",
            "acknowledged p50 / p99 ms",
            "delivered p50 / p99 ms",
            "p99 × calm: acknowledged, delivered",
            "CPU µs a message, guesses and all");
    try (Server server = new Server(data.resolve("data")).behindProxies()) {
      server.add(Server.ALL);
      Path json = data.resolve("result.json");
      talk(server, json);
      for (int round = 1; round <= ROUNDS; round++) {
        Stretch calm = new Stretch(talk(server, json), new Answered(Map.of()));
        row(table, "nobody", round, calm, calm);
        Stretch one = beside(server, json, () -> ONE_ADDRESS);
        row(table, GUESSERS + " from one address", round, calm, one);
        Stretch many = beside(server, json, this::anywhere);
        row(table, GUESSERS + " from anywhere", round, calm, many);
      }
    }
  }

  @Test
  void signIns(@TempDir Path data) {
    Table table =
        new Table(
            "sign-in",
            "%s; %d s; seed %d".formatted(Server.SETTINGS, SECONDS, SEED),
            "at once",
            "signed in/s",
            "refused as too many/s",
            "CPU ms of the node for each");
    try (Server server = new Server(data.resolve("data")).behindProxies()) {
      server.add(Server.ALL);
      ParleyProcess node = server.nodes().get(0);
      List<Try> good = accounts(node);
      for (int atOnce : Sizes.of("parley.bench.at-once", 1, 2, 16, GUESSERS)) {
        double cpu = Cpu.seconds(List.of(node.pid()));
        Answered answered = during(node, atOnce, () -> good.get(random(good.size())));
        double each = (Cpu.seconds(List.of(node.pid())) - cpu) / (answered.of(OK) * SECONDS);
        table.row(
            "| %d | %.1f | %.1f | %.1f |",
            atOnce, answered.of(OK), answered.of(SERVICE_UNAVAILABLE), each * 1e3);
      }
    }
  }

  private List<Try> accounts(ParleyProcess node) {
    List<Try> good = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      RestUser user = RestClient.behind(anywhere(), node.httpPort()).signUp("Signer");
      good.add(new Try(user.username(), "correct horse " + user.username(), anywhere()));
    }
    return good;
  }

  private Answered during(ParleyProcess node, int atOnce, Supplier<Try> tries) {
    SignIns signIns = new SignIns(vertx, node.httpPort(), atOnce, tries).begin();
    Await.of(vertx.timer(SECONDS, TimeUnit.SECONDS));
    return Await.of(signIns.end());
  }

  /** They guess from when all are connected until the last answer. */
  private Stretch beside(Server server, Path json, Supplier<String> addresses) {
    ParleyProcess load = load(server, json).start();
    load.awaitLine("connected " + MEMBERS + " of " + MEMBERS);
    SignIns guesses =
        new SignIns(vertx, server.nodes().get(0).httpPort(), GUESSERS, () -> guess(addresses.get()))
            .begin();
    Measured talk = new Measured(server.end(load, json));
    return new Stretch(talk, Await.of(guesses.end()));
  }

  private Try guess(String address) {
    return new Try("nobody" + random(1_000_000), "guess " + random(1_000_000), address);
  }

  private Measured talk(Server server, Path json) {
    return new Measured(server.run(load(server, json), json));
  }

  private static ParleyProcess.Builder load(Server server, Path json) {
    return server
        .load(json)
        .with("--scenario", "TALK")
        .with("--members", "" + MEMBERS)
        .with("--rooms", "" + ROOMS)
        .with("--rate", "" + RATE)
        .with("--framing", "SOCKJS")
        .with("--warm-up", "" + WARM_UP)
        .with("--duration", "" + SECONDS);
  }

  private String anywhere() {
    return "10." + random(256) + "." + random(256) + "." + random(256);
  }

  private int random(int below) {
    synchronized (random) {
      return random.nextInt(below);
    }
  }

  private static void row(Table table, String who, int round, Stretch calm, Stretch stretch) {
    table.row(
        "| %s | %d | %.0f | %.0f | %.0f | %s | %s | %.2f, %.2f | %.0f |",
        who,
        round,
        stretch.guesses.of(UNAUTHORIZED),
        stretch.guesses.of(TOO_MANY_REQUESTS),
        stretch.guesses.of(SERVICE_UNAVAILABLE),
        stretch.talk.times("toAcknowledged"),
        stretch.talk.times("toDelivered"),
        stretch.p99("toAcknowledged") / calm.p99("toAcknowledged"),
        stretch.p99("toDelivered") / calm.p99("toDelivered"),
        stretch.talk.nodeMicrosAPost());
  }
}
