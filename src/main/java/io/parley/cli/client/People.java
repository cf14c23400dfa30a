package io.parley.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Signs people up and brings them into rooms, over REST, a few at a time. */
public final class People {
  private static final int AT_ONCE = 4;
  private static final int OPENED_AT_ONCE = 16;
  private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

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

  /** The direct room of two people. */
  public Future<String> direct(Person one, Person other) {
    return rest.post("/api/rooms/direct", one.token(), empty().put("userId", other.user()))
        .map(room -> room.path("id").asText());
  }

  /** The name that this run goes by; those of its people and rooms begin with it. */
  public String run() {
    return run;
  }

  /** Takes steps 0 to count, a few at once. */
  public Future<Void> inTurns(int count, String what, Step step) {
    return inTurns(AT_ONCE, count, what, step);
  }

  /** Takes steps 0 to count, so many at once. */
  public Future<Void> inTurns(int atOnce, int count, String what, Step step) {
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
                    answer.path("token").asText(),
                    answer.path("refreshToken").asText()));
  }

  private ObjectNode room(int index) {
    return empty().put("name", run.replace('_', ' ') + " " + index).put("type", "public");
  }

  private static ObjectNode empty() {
    return Json.mapper().createObjectNode();
  }

  /** Counts steps, and tells every now and then. */
  private final class Taken {
    private final String what;
    private final int count;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicLong told = new AtomicLong(System.nanoTime());

    Taken(String what, int count) {
      this.what = what;
      this.count = count;
    }

    void another() {
      int done = finished.incrementAndGet();
      long before = told.get();
      long now = System.nanoTime();
      boolean due = now - before > TELL_EVERY_NANOS && told.compareAndSet(before, now);
      if (due || done == count) {
        progress.accept(what + " " + done + " of " + count);
      }
    }
  }
}
