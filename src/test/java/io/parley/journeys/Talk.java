package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.Await;
import io.parley.fixtures.SocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three people, one on each node, who listen to some rooms, and some of whom talk there. */
final class Talk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
  private static final int ROOMS = 8;

  private final ThreeNodes cluster;
  private final List<SocketClient> sockets = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();

  Talk(ThreeNodes cluster) {
    this.cluster = cluster;
    for (int i = 0; i < ROOMS; i++) {
      String room = cluster.person(i % 3).rest().room("room " + i, "public");
      rooms.add(room);
      for (int each = 0; each < 3; each++) {
        cluster.person(each).rest().post("/api/rooms/" + room + "/join", Map.of()).expect(200);
      }
    }
    for (int i = 0; i < 3; i++) {
      sockets.add(open(i));
    }
  }

  /** Another socket on a node, which listens to all rooms. */
  SocketClient open(int node) {
    SocketClient socket =
        SocketClient.open(
            cluster.vertx(), cluster.node(node).bridgePort(), cluster.person(node).token());
    rooms.forEach(room -> socket.listen(room, Optional.empty()));
    return socket;
  }

  SocketClient socket(int node) {
    return sockets.get(node);
  }

  String room(int number) {
    return rooms.get(number);
  }

  /** Those on these nodes begin to talk; returns when so much is acknowledged. */
  void begin(int acknowledgements, int... nodes) {
    for (int i = 0; i < ROOMS; i++) {
      SocketClient socket = sockets.get(nodes[i % nodes.length]);
      senders.add(new Sender(cluster.vertx(), socket, rooms.get(i), "s" + i).start());
    }
    goOn(acknowledgements);
  }

  /** Waits for so many more acknowledgements. */
  void goOn(int acknowledgements) {
    int before = acknowledged();
    await().atMost(ThreeNodes.PATIENCE).until(() -> acknowledged() >= before + acknowledgements);
  }

  /** Waits until every sender has had another acknowledgement. */
  void allGoOn() {
    List<Integer> before = senders.stream().map(each -> each.acknowledged().size()).toList();
    await()
        .atMost(ThreeNodes.PATIENCE)
        .until(
            () -> {
              for (int i = 0; i < before.size(); i++) {
                if (senders.get(i).acknowledged().size() <= before.get(i)) {
                  return false;
                }
              }
              return true;
            });
  }

  /** Everybody finishes; tells how long the longest pause of a sender was. */
  Duration end() {
    senders.forEach(sender -> Await.of(sender.stop()));
    Duration longest =
        senders.stream().map(Sender::longestPause).max(Duration::compareTo).orElseThrow();
    LOG.info("{} acknowledged, longest pause {} ms", acknowledged(), longest.toMillis());
    return longest;
  }

  List<String> refusals() {
    return senders.stream().flatMap(sender -> sender.refusals().stream()).toList();
  }

  private int acknowledged() {
    return senders.stream().mapToInt(sender -> sender.acknowledged().size()).sum();
  }

  /** Whoever listened to a room saw the same as is stored, and that holds all acknowledged once. */
  void check(List<SocketClient> listeners) {
    for (int i = 0; i < ROOMS; i++) {
      String room = rooms.get(i);
      List<JsonNode> stored = history(room);
      assertThat(byCid(stored)).containsExactlyInAnyOrderEntriesOf(senders.get(i).acknowledged());
      long newest = stored.get(stored.size() - 1).path("seq").asLong();
      for (SocketClient listener : listeners) {
        await().atMost(ThreeNodes.PATIENCE).until(() -> last(listener, room) >= newest);
        List<JsonNode> seen = listener.entries(room);
        List<Long> seqs = seen.stream().map(entry -> entry.path("seq").asLong()).toList();
        assertThat(seqs).isEqualTo(LongStream.rangeClosed(seqs.get(0), newest).boxed().toList());
        assertThat(byCid(seen.stream().filter(Talk::message).toList())).isEqualTo(byCid(stored));
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
      JsonNode answer = cluster.person(0).rest().get(page).expect(200).body();
      answer.path("entries").forEach(all::add);
      if (!answer.path("newer").asBoolean()) {
        return all.stream().filter(Talk::message).toList();
      }
      long last = all.get(all.size() - 1).path("seq").asLong();
      page = "/api/rooms/" + room + "/messages?limit=500&after=" + last;
    }
  }

  @Override
  public void close() {
    sockets.stream().filter(socket -> !socket.closed()).forEach(SocketClient::close);
  }
}
