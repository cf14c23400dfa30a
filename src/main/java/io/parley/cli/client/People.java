package io.parley.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Signs people up and brings them into rooms, over REST, a few at a time. */
public final class People {
  private static final int AT_ONCE = 4;
  private static final int OPENED_AT_ONCE = 16;

  private final RestCalls rest;
  private final String run;
  private final Consumer<String> progress;

  /**
   * @param tool what the names of people and rooms begin with; the rest of them is new each time
   */
  public People(RestCalls rest, String tool, Consumer<String> progress) {
    this.rest = rest;
    this.run = tool + "_" + UUID.randomUUID().toString().substring(0, 8);
    this.progress = progress;
  }

  /** Something that is done for each index. */
  public interface Step {
    Future<?> take(int index);
  }

  /** New people, in order. */
  public Future<List<Person>> signUp(int count) {
    List<Person> people = Arrays.asList(new Person[count]);
    return inTurns(count, "signed up", index -> one(index).onSuccess(one -> people.set(index, one)))
        .map(people);
  }

  /**
   * New public rooms, in order.
   *
   * @param owners who makes which, in turns
   */
  public Future<List<String>> open(int count, List<Person> owners) {
    List<String> rooms = Arrays.asList(new String[count]);
    return inTurns(
            OPENED_AT_ONCE,
            count,
            "opened",
            index ->
                rest.post("/api/rooms", owners.get(index % owners.size()).token(), room(index))
                    .onSuccess(answer -> rooms.set(index, answer.path("id").asText())))
        .map(rooms);
  }

  public Future<ObjectNode> enter(Person person, String room) {
    return rest.post("/api/rooms/" + room + "/join", person.token(), empty());
  }

  /** Takes steps 0 to count, a few at once. */
  public Future<Void> inTurns(int count, String what, Step step) {
    return inTurns(AT_ONCE, count, what, step);
  }

  private Future<Void> inTurns(int atOnce, int count, String what, Step step) {
    Taken taken = new Taken(what, count);
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < Math.min(atOnce, count); lane++) {
      lanes.add(lane(taken, step));
    }
    return Future.all(lanes).mapEmpty();
  }

  private Future<Void> lane(Taken taken, Step step) {
    int index = taken.begun.getAndIncrement();
    return index >= taken.count
        ? Future.succeededFuture()
        : step.take(index).onSuccess(done -> taken.another()).compose(done -> lane(taken, step));
  }

  private Future<Person> one(int index) {
    String username = run + "_" + index;
    String password = run + " " + UUID.randomUUID();
    ObjectNode account =
        empty()
            .put("username", username)
            .put("name", run.substring(0, run.indexOf('_')) + " " + index)
            .put("password", password);
    return rest.post("/api/auth/register", "", account)
        .map(
            answer ->
                new Person(
                    answer.path("userId").asText(),
                    username,
                    password,
                    answer.path("token").asText()));
  }

  private ObjectNode room(int index) {
    return empty().put("name", run.replace('_', ' ') + " " + index).put("type", "public");
  }

  private static ObjectNode empty() {
    return Json.mapper().createObjectNode();
  }

  /** Counts steps, and tells. */
  private final class Taken {
    private static final int TELL_EVERY = 100;

    private final String what;
    private final int count;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    Taken(String what, int count) {
      this.what = what;
      this.count = count;
    }

    void another() {
      int done = finished.incrementAndGet();
      if (done % TELL_EVERY == 0 || done == count) {
        progress.accept(what + " " + done + " of " + count);
      }
    }
  }
}
