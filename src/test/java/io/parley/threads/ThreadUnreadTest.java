package io.parley.threads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.fixtures.Await;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.threads.FollowsApi.Followed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever people do in threads: who follows is who took part or chose to, what is said to be
 * unread is what counting over the whole log comes to, and bringing up again what was said changes
 * nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadUnreadTest {
  private static final int STEPS = 80;
  private static final int ROOTS = 3;

  private final Map<Seat, Follow> follows = new HashMap<>();
  private final Map<Caller, Long> joins = new HashMap<>();
  private final List<Caller> people = new ArrayList<>();
  private final List<ThreadId> roots = new ArrayList<>();
  private TestThreads threads;
  private RoomId room;
  private Random random;

  private record Seat(Caller who, ThreadId thread) {}

  /** What a person should be remembered with: up to where they do not want to, and their marker. */
  private record Follow(boolean following, long settled, long marker) {}

  @BeforeAll
  void start() {
    threads = new TestThreads();
  }

  @AfterAll
  void close() {
    threads.close();
  }

  @BeforeEach
  void aRoomOfFourWithSomethingToAnswer() {
    List.of(follows, joins).forEach(Map::clear);
    people.clear();
    roots.clear();
    for (String name : List.of("Ann", "Ben", "Cem", "Dee")) {
      people.add(threads.talk.person(name));
    }
    room = threads.talk.room(people.get(0));
    joins.put(people.get(0), head());
    people.stream().skip(1).forEach(this::join);
    for (int i = 0; i < ROOTS; i++) {
      roots.add(threads.thread(people.get(i), room));
    }
  }

  @RepeatedTest(3)
  void whatIsUnreadIsWhatCountingTheWholeLogComesTo() {
    long seed = new Random().nextLong();
    random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      long before = head();
      String done = step();
      threads.take(room, before + 1, head());
      if (random.nextInt(3) == 0) {
        long from = 1L + random.nextInt((int) before);
        threads.take(room, from, head());
        done += ", once more from " + from;
      }
      check("seed " + seed + " step " + step + " " + done);
    }
  }

  private long head() {
    List<ObjectNode> entries = threads.talk.entries(room);
    return entries.get(entries.size() - 1).path("seq").asLong();
  }

  private String step() {
    Caller who = people.get(random.nextInt(people.size()));
    ThreadId thread = roots.get(random.nextInt(roots.size()));
    if (!joins.containsKey(who)) {
      join(who);
      return who.name() + " joins";
    }
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> replies(who, thread);
      case 4 -> edits(who, thread);
      case 5 -> deletes(who, thread);
      case 6 -> follows(who, thread);
      case 7 -> unfollows(who, thread);
      case 8 -> leaves(who);
      case 9 -> says(who);
      default -> reads(who, thread);
    };
  }

  private void join(Caller who) {
    threads.talk.join(who, room);
    joins.put(who, head());
  }

  private String says(Caller who) {
    threads.says(who, room, Optional.empty(), TestThreads.text(some()));
    return who.name() + " says something in the room";
  }

  private Caller[] some() {
    return people.stream().filter(each -> random.nextInt(3) == 0).toArray(Caller[]::new);
  }

  private ObjectNode body(Caller... mentioned) {
    return TestThreads.text(mentioned).put("mentionsRoom", random.nextInt(6) == 0);
  }

  private String replies(Caller who, ThreadId thread) {
    Caller[] mentioned = some();
    long seq = threads.says(who, room, Optional.of(thread.root()), body(mentioned));
    caused(who, thread, seq, mentioned);
    return who.name() + " replies to " + thread.root();
  }

  /** Who has a reason follows; who wrote comes back. */
  private void caused(Caller author, ThreadId thread, long seq, Caller... mentioned) {
    Set<Caller> others = new HashSet<>(List.of(mentioned));
    others.add(people.get(roots.indexOf(thread)));
    others.remove(author);
    for (Caller each : others) {
      if (seq > joins.getOrDefault(each, Long.MAX_VALUE)) {
        follows.putIfAbsent(new Seat(each, thread), new Follow(true, 0, seq - 1));
      }
    }
    Seat own = new Seat(author, thread);
    Follow known = follows.get(own);
    boolean comesBack = known != null && !known.following() && known.settled() < seq;
    if (seq > joins.get(author) && (known == null || comesBack)) {
      follows.put(own, new Follow(true, known == null ? 0 : known.settled(), seq));
    }
  }

  private Optional<ObjectNode> reply(Caller who, ThreadId thread) {
    List<ObjectNode> own =
        in(thread).stream().filter(entry -> by(entry, who) && !deleted(entry)).toList();
    return own.isEmpty() ? Optional.empty() : Optional.of(own.get(random.nextInt(own.size())));
  }

  private String edits(Caller who, ThreadId thread) {
    return reply(who, thread)
        .map(
            entry -> {
              long seq = entry.path("seq").asLong();
              Caller[] mentioned = some();
              Await.of(threads.talk.writes(who, room, "edit", Optional.of(seq), body(mentioned)));
              caused(who, thread, seq, mentioned);
              return who.name() + " edits " + seq;
            })
        .orElse("nothing");
  }

  private String deletes(Caller who, ThreadId thread) {
    return reply(who, thread)
        .map(
            entry -> {
              long seq = entry.path("seq").asLong();
              Await.of(
                  threads.talk.writes(
                      who, room, "delete", Optional.of(seq), TestThreads.text().removeAll()));
              return who.name() + " deletes " + seq;
            })
        .orElse("nothing");
  }

  private String follows(Caller who, ThreadId thread) {
    threads.follow(who, thread);
    Follow known = follows.get(new Seat(who, thread));
    if (known == null || !known.following()) {
      long settled = known == null ? 0 : known.settled();
      follows.put(new Seat(who, thread), new Follow(true, settled, last(thread)));
    }
    return who.name() + " follows " + thread.root();
  }

  private String unfollows(Caller who, ThreadId thread) {
    threads.unfollow(who, thread);
    follows.put(new Seat(who, thread), new Follow(false, last(thread), 0));
    return who.name() + " unfollows " + thread.root();
  }

  private String reads(Caller who, ThreadId thread) {
    long to = random.nextInt((int) head() + 3);
    threads.read(who, thread, to);
    long bounded = Math.max(thread.root(), Math.min(to, last(thread)));
    follows.computeIfPresent(
        new Seat(who, thread),
        (seat, known) ->
            known.following()
                ? new Follow(true, known.settled(), Math.max(known.marker(), bounded))
                : known);
    return who.name() + " reads " + thread.root() + " to " + to;
  }

  private String leaves(Caller who) {
    if (who.equals(people.get(0))) {
      return "nothing";
    }
    threads.talk.leave(who, room);
    joins.remove(who);
    follows.keySet().removeIf(seat -> seat.who().equals(who));
    return who.name() + " leaves";
  }

  private List<ObjectNode> in(ThreadId thread) {
    return threads.talk.entries(room).stream()
        .filter(entry -> entry.path("thread").asLong() == thread.root())
        .toList();
  }

  private long last(ThreadId thread) {
    List<ObjectNode> said = in(thread);
    return said.isEmpty() ? thread.root() : said.get(said.size() - 1).path("seq").asLong();
  }

  private static boolean by(ObjectNode entry, Caller who) {
    return entry.path("author").path("id").asText().equals(who.user().toString());
  }

  private static boolean deleted(ObjectNode entry) {
    return entry.path("body").path("deleted").asBoolean();
  }

  private void check(String when) {
    for (Caller who : List.copyOf(joins.keySet())) {
      List<Long> followed = new ArrayList<>();
      for (ThreadId thread : roots) {
        Follow known = follows.get(new Seat(who, thread));
        boolean following = known != null && known.following();
        Map<Long, Boolean> unread = following ? counted(thread, who, known.marker()) : Map.of();
        Followed told = threads.look(who, thread);
        String whose = when + ", thread " + thread.root() + " for " + who.name();
        assertThat(told.following()).as(whose).isEqualTo(following);
        assertThat(told.unread()).as(whose).isEqualTo(unread.size());
        assertThat(told.mentions()).as(whose).isEqualTo(mentions(unread));
        if (following) {
          assertThat(told.read()).as(whose).isEqualTo(known.marker());
          assertThat(told.n()).as(whose).isEqualTo(upTo(thread, known.marker()));
          followed.add(thread.root());
        }
      }
      assertThat(threads.list(who, false, Optional.empty(), 50).threads())
          .as(when + ", list of " + who.name())
          .extracting(Followed::thread)
          .containsExactlyInAnyOrderElementsOf(followed);
    }
  }

  private long upTo(ThreadId thread, long marker) {
    return in(thread).stream().filter(entry -> entry.path("seq").asLong() <= marker).count();
  }

  private static long mentions(Map<Long, Boolean> unread) {
    return unread.values().stream().filter(mentioned -> mentioned).count();
  }

  /** The messages of others in a thread after a place, and whether each mentions the reader now. */
  private Map<Long, Boolean> counted(ThreadId thread, Caller who, long after) {
    Map<Long, Boolean> unread = new TreeMap<>();
    for (ObjectNode entry : threads.talk.entries(room)) {
      long seq = entry.path("seq").asLong();
      long target = entry.path("target").asLong();
      String kind = entry.path("kind").asText();
      if (entry.path("thread").asLong() == thread.root() && !by(entry, who) && seq > after) {
        unread.put(seq, means(entry.path("body"), who));
      } else if (kind.equals("edit")) {
        unread.computeIfPresent(target, (place, before) -> means(entry.path("body"), who));
      } else if (kind.equals("delete")) {
        unread.computeIfPresent(target, (place, before) -> false);
      }
    }
    return unread;
  }

  private static boolean means(JsonNode body, Caller who) {
    boolean named = body.path("mentionsRoom").asBoolean();
    for (JsonNode user : body.path("mentions")) {
      named = named || user.asText().equals(who.user().toString());
    }
    return named;
  }
}
