package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.rooms.RoomsApi.Caller;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** People write while their room is deleted, with an owner of its log and a real PostgreSQL. */
class EndingRaceTest {
  private static final int ROUNDS = 25;
  private static final int PEOPLE = 4;

  @Test
  void whatWasAcknowledgedStandsBeforeTheEndAndNothingAfterIt() throws InterruptedException {
    long seed = new Random().nextLong();
    List<Future<Long>> all = new ArrayList<>();
    try (TestTalk talk = new TestTalk()) {
      Random random = new Random(seed);
      for (int round = 0; round < ROUNDS; round++) {
        all.addAll(round(talk, random, "seed " + seed + " round " + round));
      }
    }
    assertThat(all).as("who came before").anyMatch(Future::succeeded);
    assertThat(all).as("and after").anyMatch(Future::failed);
  }

  private static List<Future<Long>> round(TestTalk talk, Random random, String which)
      throws InterruptedException {
    Caller owner = talk.person("Olga");
    RoomId room = talk.room(owner);
    List<Future<Long>> posts = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Caller who = talk.person("Member");
      talk.join(who, room);
      int before = random.nextInt(10);
      threads.add(new Thread(() -> writes(talk, who, room, before, posts)));
    }
    threads.forEach(Thread::start);
    Await.of(Future.join(List.copyOf(posts)).otherwiseEmpty());
    Await.of(talk.delete(owner, room));
    for (Thread thread : threads) {
      thread.join();
    }
    Await.of(Future.join(posts).otherwiseEmpty());
    assertThat(Await.failure(says(talk, owner, room)).reason()).isEqualTo(Reason.NOT_FOUND);

    List<ObjectNode> log = talk.entries(room);
    List<Long> said =
        log.stream().filter(EndingRaceTest::message).map(EndingRaceTest::seq).toList();
    assertThat(log.get(log.size() - 1).path("kind").asText()).as(which).isEqualTo("end");
    assertThat(posts.stream().filter(Future::succeeded).map(Future::result))
        .as(which)
        .containsExactlyInAnyOrderElementsOf(said);
    assertThat(
            posts.stream().filter(Future::failed).map(post -> Failure.from(post.cause()).reason()))
        .as(which)
        .allMatch(Reason.NOT_FOUND::equals);
    return posts;
  }

  /** Some at once, and then one after the other until there is no room to write in. */
  private static void writes(
      TestTalk talk, Caller who, RoomId room, int before, List<Future<Long>> posts) {
    for (int i = 0; i < before; i++) {
      posts.add(says(talk, who, room));
    }
    Future<Long> last;
    do {
      last = says(talk, who, room);
      posts.add(last);
      Await.of(last.otherwiseEmpty());
    } while (last.succeeded());
  }

  private static Future<Long> says(TestTalk talk, Caller who, RoomId room) {
    ObjectNode body = Json.mapper().createObjectNode().put("text", "hello");
    return talk.writes(who, room, "message", Optional.empty(), body);
  }

  private static boolean message(ObjectNode entry) {
    return entry.path("kind").asText().equals("message");
  }

  private static long seq(ObjectNode entry) {
    return entry.path("seq").asLong();
  }
}
