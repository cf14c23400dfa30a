package io.parley.abuse;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.SocketClient;
import io.parley.fixtures.WireTap;
import io.parley.json.Json;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Too much of something, while Ivy talks on. */
final class Floods {
  private static final Logger LOG = LoggerFactory.getLogger(Floods.class);
  private static final int MANY = 1_000;
  private static final int FRAMES = 10_000;
  private static final int MISSED = 250;
  private static final int FLOODS = 3;
  private static final long MUCH_KIB = 128 * 1024;

  private Floods() {}

  /** The reader is let go, the process does not grow, and nothing is missed after all. */
  static String neverReads(Scene scene) throws IOException {
    String room = scene.ann.rest().room("busy", "private");
    double before = scene.closed("4408");
    long residentBefore = resident(scene);
    String cursor;
    try (SocketClient talker = scene.open(scene.ann);
        WireTap tap = new WireTap(scene.port(), 4096)) {
      cursor = talker.listen(room, Optional.empty()).path("cursor").asText();
      Map<String, String> token = Map.of("token", scene.ann.token());
      tap.text(Json.write(Map.of("type", "send", "address", "session.open", "body", token)));
      tap.text(Json.write(Map.of("type", "register", "address", "room." + room)));
      List<Future<JsonNode>> posts = new ArrayList<>();
      for (int i = 0; i < MISSED; i++) {
        posts.add(talker.post(room, "c" + i, "€".repeat(8_000)));
        tap.frame(0x89, new byte[0]);
      }
      Await.of(Future.all(posts));
      await().atMost(Scene.PATIENCE).until(() -> scene.closed("4408") > before);
    }
    long grown = resident(scene) - residentBefore;
    LOG.info("S10: {} KiB resident before, {} KiB more after", residentBefore, grown);
    return "4408, resumed "
        + after(scene, room, cursor)
        + (grown > MUCH_KIB ? ", but grown by " + grown + " KiB" : "");
  }

  /** How many messages whoever comes back is told, page by page. */
  private static int after(Scene scene, String room, String cursor) {
    int messages = 0;
    JsonNode page;
    String next = cursor;
    do {
      String path = "/api/rooms/" + room + "/sync?limit=500&cursor=" + next;
      page = scene.ann.rest().get(path).expect(200).body();
      messages += page.path("entries").size();
      next = page.path("next").asText();
    } while (page.path("more").asBoolean());
    return messages;
  }

  private static long resident(Scene scene) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + scene.node.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** Those who come first are served, and all who come after them are told why they are not. */
  static String connections(Scene scene) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    Map<String, Integer> answers = new LinkedHashMap<>();
    try {
      for (int i = 0; i < MANY; i++) {
        Socket socket = RawHttp.connect(scene.port(), "127.0.0.3");
        sockets.add(socket);
        RawHttp.write(socket, "GET /eventbus", List.of(), "");
        answers.merge(RawHttp.line(socket), 1, Integer::sum);
        if (i % 100 == 0) {
          scene.othersAreWell();
          scene.open(scene.bob).close();
        }
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    return answers.toString();
  }

  /** Ten thousand posts at once, again and again, while Ivy talks. */
  static String posts(Scene scene) {
    List<Duration> alone = scene.talk(100);
    String room = scene.shared();
    Tally tally = new Tally();
    CompletableFuture<Void> flooding =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < FLOODS; i++) {
                flood(scene, room, tally);
              }
            });
    List<Duration> beside = new ArrayList<>();
    while (!flooding.isDone()) {
      beside.addAll(scene.talk(20));
    }
    flooding.join();
    LOG.info("B17: Ivy was heard within {} alone, {} beside {}", told(alone), told(beside), tally);
    return tally.outcome();
  }

  private static String told(List<Duration> took) {
    List<Duration> sorted = took.stream().sorted().toList();
    return "%d/%d ms (p50/p99 of %d)"
        .formatted(
            sorted.get(sorted.size() / 2).toMillis(),
            sorted.get(sorted.size() * 99 / 100).toMillis(),
            sorted.size());
  }

  private static void flood(Scene scene, String room, Tally tally) {
    try (SocketClient socket = scene.open(scene.bob)) {
      List<Future<JsonNode>> answers = new ArrayList<>();
      for (int i = 0; i < FRAMES && !socket.closed(); i++) {
        answers.add(
            i % 10 == 0
                ? socket.send("messages.typing", Map.of("room", room))
                : socket.post(room, UUID.randomUUID().toString(), "flood"));
      }
      answers.forEach(answer -> answer.onComplete(tally::count));
      await().atMost(Scene.PATIENCE).until(socket::closed);
      tally.closed(socket.closeCode().orElse(0));
    }
  }

  /** Five thousand registrations at once: bounded, and none of them stays. */
  static String registrations(Scene scene) {
    double before = scene.metric("parley_bridge_registrations");
    List<Failure> refusals;
    int code;
    try (SocketClient socket = scene.open(scene.ann)) {
      for (int i = 0; i < FRAMES / 2; i++) {
        socket.register("room." + UUID.randomUUID(), Optional.empty());
      }
      await().atMost(Scene.PATIENCE).until(socket::closed);
      refusals =
          socket.errors().stream()
              .map(frame -> Failure.parse(frame.path("message").asText()))
              .toList();
      code = socket.closeCode().orElse(0);
    }
    await()
        .atMost(Scene.PATIENCE)
        .until(() -> scene.metric("parley_bridge_registrations") <= before);
    boolean limited = refusals.stream().anyMatch(each -> each.reason() == Reason.RATE_LIMITED);
    return (limited ? "4290" : "not limited") + ", then close " + code;
  }

  /** What came of the frames of a flood. */
  private static final class Tally {
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger limited = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger floods = new AtomicInteger();
    private volatile String others = "";

    void count(AsyncResult<JsonNode> answer) {
      if (answer.succeeded()) {
        served.incrementAndGet();
      } else if (answer.cause() instanceof Failure failure) {
        if (failure.reason() == Reason.RATE_LIMITED) {
          limited.incrementAndGet();
        } else {
          others = ", but " + failure.text();
        }
      } else {
        lost.incrementAndGet();
      }
    }

    void closed(int code) {
      floods.incrementAndGet();
      if (code != 4429) {
        others = ", but closed with " + code;
      }
    }

    String outcome() {
      return (served.get() > 0 && limited.get() > 0 ? "some served, 4290" : this.toString())
          + ", then close 4429"
          + others;
    }

    @Override
    public String toString() {
      return "%d floods: %d served, %d refused, %d without an answer as the socket was closed"
          .formatted(floods.get(), served.get(), limited.get(), lost.get());
    }
  }
}
