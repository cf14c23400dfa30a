package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three nodes on one data directory are one chat server, and stay it when one of them goes. */
class ThreeNodesIT {
  private static final Logger LOG = LoggerFactory.getLogger(ThreeNodesIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROOMS = 8;

  private final Vertx vertx = Vertx.vertx();
  private final List<ParleyProcess> nodes = new ArrayList<>();
  private final List<RestUser> people = new ArrayList<>();
  private final List<SocketClient> sockets = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private ParleyProcess stores;

  @BeforeEach
  void start(@TempDir Path data) {
    stores = ParleyProcess.command("stores", data).start();
    stores.awaitLine("The stores are ready");
    for (int i = 0; i < 3; i++) {
      nodes.add(
          ParleyProcess.serve(data)
              .env("PARLEY_LIMITS_ROOM_RATE", "0")
              .jvm("-Xmx512m")
              .start()
              .awaitReady());
    }
    nodes.forEach(node -> await().atMost(PATIENCE).until(() -> shards(node) > 0));
    assertThat(nodes.stream().mapToInt(ThreeNodesIT::shards).sum()).isEqualTo(256);
    meet();
  }

  /** One person on each node, all of them in all rooms, listening. */
  private void meet() {
    for (ParleyProcess node : nodes) {
      RestUser person = RestClient.signUp(node.httpPort(), "P" + people.size());
      people.add(person);
      sockets.add(SocketClient.open(vertx, node.bridgePort(), person.token()));
    }
    for (int i = 0; i < ROOMS; i++) {
      String room = people.get(i % 3).rest().room("room " + i, "public");
      rooms.add(room);
      people.forEach(
          each -> each.rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200));
    }
    for (String room : rooms) {
      sockets.forEach(socket -> socket.listen(room, Optional.empty()));
    }
  }

  @AfterEach
  void stop() {
    sockets.stream().filter(socket -> !socket.closed()).forEach(SocketClient::close);
    nodes.forEach(ParleyProcess::close);
    stores.terminate();
    Await.of(vertx.close());
  }

  @Test
  void everybodySeesOneOrderWhereverTheyAre() {
    List<Sender> senders = talk(sockets);
    await().atMost(PATIENCE).until(() -> acknowledged(senders) > 1_000);
    senders.forEach(sender -> Await.of(sender.stop()));

    checkAll(senders, sockets);
  }

  @Test
  void whenANodeIsKilledItsRoomsAreWrittenByTheOthersAndNothingIsLost() {
    List<SocketClient> surviving = sockets.subList(0, 2);
    List<Sender> senders = talk(surviving);
    await().atMost(PATIENCE).until(() -> acknowledged(senders) > 300);

    nodes.get(2).kill9();
    int before = acknowledged(senders);
    await().atMost(PATIENCE).until(() -> shards(nodes.get(0)) + shards(nodes.get(1)) == 256);
    await().atMost(PATIENCE).until(() -> acknowledged(senders) > before + 300);
    senders.forEach(sender -> Await.of(sender.stop()));

    tell(senders);
    checkAll(senders, surviving);
  }

  @Test
  void aNodeThatIsStoppedHandsItsRoomsOverAndNoPostFails() {
    List<SocketClient> staying = sockets.subList(0, 2);
    List<Sender> senders = talk(staying);
    await().atMost(PATIENCE).until(() -> acknowledged(senders) > 300);

    nodes.get(2).terminate();
    int before = acknowledged(senders);
    await().atMost(PATIENCE).until(() -> acknowledged(senders) > before + 300);
    senders.forEach(sender -> Await.of(sender.stop()));

    tell(senders);
    assertThat(senders).allSatisfy(sender -> assertThat(sender.refusals()).isEmpty());
    assertThat(shards(nodes.get(0)) + shards(nodes.get(1))).isEqualTo(256);
    checkAll(senders, staying);
  }

  private List<Sender> talk(List<SocketClient> speaking) {
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      SocketClient socket = speaking.get(i % speaking.size());
      senders.add(new Sender(vertx, socket, rooms.get(i), "s" + i).start());
    }
    return senders;
  }

  private static int acknowledged(List<Sender> senders) {
    return senders.stream().mapToInt(sender -> sender.acknowledged().size()).sum();
  }

  private static void tell(List<Sender> senders) {
    long longest =
        senders.stream().mapToLong(sender -> sender.longestPause().toMillis()).max().orElse(0);
    LOG.info("{} acknowledged, longest pause {} ms", acknowledged(senders), longest);
  }

  private static int shards(ParleyProcess node) {
    return (int) Scraped.value(node, "parley_log_shards");
  }

  /** Whoever listened to a room saw the same as is stored, and that holds all acknowledged once. */
  private void checkAll(List<Sender> senders, List<SocketClient> listeners) {
    for (int i = 0; i < ROOMS; i++) {
      String room = rooms.get(i);
      List<JsonNode> stored = history(room);
      assertThat(byCid(stored)).containsExactlyInAnyOrderEntriesOf(senders.get(i).acknowledged());
      long newest = stored.get(stored.size() - 1).path("seq").asLong();
      for (SocketClient listener : listeners) {
        await().atMost(PATIENCE).until(() -> last(listener, room) >= newest);
        List<JsonNode> seen = listener.entries(room);
        List<Long> seqs = seen.stream().map(entry -> entry.path("seq").asLong()).toList();
        assertThat(seqs).isEqualTo(LongStream.rangeClosed(seqs.get(0), newest).boxed().toList());
        assertThat(byCid(seen.stream().filter(ThreeNodesIT::message).toList()))
            .isEqualTo(byCid(stored));
      }
    }
  }

  private static long last(SocketClient socket, String room) {
    List<JsonNode> seen = socket.entries(room);
    return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).path("seq").asLong();
  }

  private static Map<String, Long> byCid(List<JsonNode> messages) {
    Map<String, Long> places = new HashMap<>();
    messages.forEach(
        each ->
            assertThat(places.put(each.path("cid").asText(), each.path("seq").asLong()))
                .as("a second entry of one cid")
                .isNull());
    return places;
  }

  private static boolean message(JsonNode entry) {
    return entry.path("kind").asText().equals("message");
  }

  private List<JsonNode> history(String room) {
    List<JsonNode> all = new ArrayList<>();
    String page = "/api/rooms/" + room + "/messages?limit=500&after=0";
    while (true) {
      JsonNode answer = people.get(0).rest().get(page).expect(200).body();
      answer.path("entries").forEach(all::add);
      if (!answer.path("newer").asBoolean()) {
        return all.stream().filter(ThreeNodesIT::message).toList();
      }
      long last = all.get(all.size() - 1).path("seq").asLong();
      page = "/api/rooms/" + room + "/messages?limit=500&after=" + last;
    }
  }
}
