package io.parley.threads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.Draft;
import io.parley.log.LogApi.Admitted;
import io.parley.log.LogApi.Appended;
import io.parley.log.LogApi.Fleeting;
import io.parley.log.LogApi.Page;
import io.parley.log.LogApi.Read;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.LogStore.Stretch;
import io.parley.log.Mutation;
import io.parley.log.Shown;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.TestTalk;
import io.parley.stores.postgres.PostgresFollowStore;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.threads.FollowsApi.Followed;
import io.parley.threads.FollowsApi.FollowedPage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rooms with threads that are followed, on a real PostgreSQL; what was said is taken when told. */
final class TestThreads implements AutoCloseable {
  private static final Set<Mutation> CHANGES = Set.of(Mutation.EDIT, Mutation.DELETE);

  final TestTalk talk = new TestTalk(List.of(FollowsApi.CONTRACT));
  final FollowStore store = new PostgresFollowStore(talk.pool);
  final LogStore log = new PostgresLogStore(talk.pool);
  private final Overheard logs = new Overheard();
  private final Participants participants = follower();

  /** Passes everything on, and keeps what is told. */
  private final class Overheard implements LogClient {
    private final List<Fleeting> told = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Future<Appended> append(LogId log, Draft draft, Duration patience) {
      return talk.logs.append(log, draft, patience);
    }

    @Override
    public Future<Admitted> admit(LogId log, UserId user, long seen) {
      return talk.logs.admit(log, user, seen);
    }

    @Override
    public Future<Void> signal(LogId log, UserId user, String kind) {
      return talk.logs.signal(log, user, kind);
    }

    @Override
    public void tell(List<Fleeting> notes) {
      told.addAll(notes);
      talk.logs.tell(notes);
    }

    @Override
    public Future<Page> read(Read read) {
      return talk.logs.read(read);
    }
  }

  TestThreads() {
    Await.of(talk.vertx.deployVerticle(new FollowsVerticle(talk.bus, store, logs)));
  }

  /** What somebody's devices have been told of threads since this was last asked. */
  List<JsonNode> told(Caller who) {
    List<JsonNode> notes =
        logs.told.stream()
            .filter(note -> note.log().equals(LogId.user(who.user().value())))
            .map(note -> Json.object(note.json().array()).path("body"))
            .toList();
    logs.told.clear();
    return notes;
  }

  private Participants follower() {
    return new Participants(store, talk.bus, new ThreadNotes(store, talk.bus, logs));
  }

  Participants participants() {
    return participants;
  }

  /** Everything in a stretch of a room is brought to those who may follow, as a follower would. */
  void take(RoomId room, long first, long last) {
    take(participants, room, first, last);
  }

  /** The same where threads can be followed only since it was said. */
  void takeOld(RoomId room, long first, long last) {
    begin(Duration.ofHours(1));
    take(follower(), room, first, last);
    begin(Duration.ofHours(-1));
  }

  private void begin(Duration later) {
    Await.of(
        talk.pool
            .preparedQuery("update thread_follows_since set at = at + $1")
            .execute(Tuple.of(later.toMillis())));
  }

  private void take(Participants by, RoomId room, long first, long last) {
    List<Shown> entries = Await.of(log.shown(List.of(new Stretch(room.log(), first, last))));
    List<Stretch> targets = new ArrayList<>();
    entries.stream()
        .map(Shown::entry)
        .filter(entry -> Mutation.of(entry).filter(CHANGES::contains).isPresent())
        .forEach(
            entry -> {
              long target = entry.target().orElseThrow();
              targets.add(new Stretch(room.log(), target, target));
            });
    Await.of(by.take(entries, Await.of(log.shown(targets))));
  }

  /** As if somebody's entry had not come to the log yet. */
  void unplaced(Caller who, RoomId room) {
    Await.of(
        talk.pool
            .preparedQuery(
                "update room_members set joined_seq = 0 where room = $1 and account = $2")
            .execute(Tuple.of(room.value(), who.user().value())));
  }

  long says(Caller who, RoomId room, Optional<Long> thread, ObjectNode body) {
    return Await.of(talk.writes(who, room, "message", thread, body));
  }

  /** Says it and brings it to those who may follow. */
  long replies(Caller who, ThreadId thread, Caller... mentioned) {
    long seq = says(who, thread.room(), Optional.of(thread.root()), text(mentioned));
    take(thread.room(), seq, seq);
    return seq;
  }

  ThreadId thread(Caller author, RoomId room) {
    return new ThreadId(room, says(author, room, Optional.empty(), text()));
  }

  static ObjectNode text(Caller... mentioned) {
    ObjectNode body = Json.mapper().createObjectNode().put("text", "hi");
    if (mentioned.length > 0) {
      var names = body.putArray("mentions");
      for (Caller each : mentioned) {
        names.add(each.user().toString());
      }
    }
    return body;
  }

  Followed look(Caller who, ThreadId thread) {
    return Await.of(talk.bus.ask(FollowsApi.LOOK, new FollowsApi.Look(who.user(), thread)));
  }

  Followed follow(Caller who, ThreadId thread) {
    return Await.of(talk.bus.ask(FollowsApi.FOLLOW, new FollowsApi.Follow(who.user(), thread)));
  }

  Followed unfollow(Caller who, ThreadId thread) {
    return Await.of(talk.bus.ask(FollowsApi.UNFOLLOW, new FollowsApi.Unfollow(who.user(), thread)));
  }

  Followed read(Caller who, ThreadId thread, long seq) {
    return Await.of(talk.bus.ask(FollowsApi.READ, new FollowsApi.Read(who.user(), thread, seq)));
  }

  FollowedPage list(Caller who, boolean unread, Optional<String> after, int limit) {
    return Await.of(
        talk.bus.ask(
            FollowsApi.LIST,
            new FollowsApi.ListFollowed(who.user(), Optional.empty(), unread, after, limit)));
  }

  @Override
  public void close() {
    talk.close();
  }
}
