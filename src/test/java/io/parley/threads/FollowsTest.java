package io.parley.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.FollowerVerticle;
import io.parley.rooms.ReadersApi.Explained;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.threads.FollowStore.Activity;
import io.parley.threads.FollowStore.Cause;
import io.parley.threads.FollowStore.Marker;
import io.parley.threads.FollowsApi.Followed;
import io.parley.threads.FollowsApi.FollowedPage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who follows a thread, and what is unread there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowsTest {
  private TestThreads threads;
  private Caller ann;
  private Caller ben;
  private Caller cem;
  private RoomId room;
  private ThreadId thread;

  @BeforeAll
  void start() {
    threads = new TestThreads();
  }

  @AfterAll
  void close() {
    threads.close();
  }

  @BeforeEach
  void aMessageOfAnnsInARoomOfThree() {
    ann = threads.talk.person("Ann");
    ben = threads.talk.person("Ben");
    cem = threads.talk.person("Cem");
    room = threads.talk.room(ann);
    threads.talk.join(ben, room);
    threads.talk.join(cem, room);
    thread = threads.thread(ann, room);
  }

  private List<ThreadId> followed(Caller who) {
    return threads.list(who, false, Optional.empty(), 50).threads().stream()
        .map(each -> new ThreadId(each.room(), each.thread()))
        .toList();
  }

  private Explained explain(Caller who, Optional<Long> after, int limit) {
    return Await.of(
        threads.talk.bus.ask(
            FollowsApi.EXPLAIN, new FollowsApi.Explain(who.user(), thread, after, limit)));
  }

  @Test
  void whoTakesPartFollows() {
    long first = threads.replies(ben, thread, cem);

    assertThat(threads.look(ann, thread))
        .extracting(Followed::following, Followed::unread, Followed::mentions, Followed::read)
        .containsExactly(true, 1L, 0L, first - 1);
    assertThat(threads.look(ben, thread))
        .extracting(Followed::following, Followed::unread, Followed::read, Followed::n)
        .containsExactly(true, 0L, first, 1L);
    assertThat(threads.look(cem, thread))
        .extracting(Followed::following, Followed::unread, Followed::mentions, Followed::n)
        .containsExactly(true, 1L, 1L, 0L);
    assertThat(threads.talk.view(cem, room).mentions()).as("the room's").contains(0L);
  }

  @Test
  void whoTakesPartFollowsWithoutBeingToldTo() {
    FollowerVerticle follower =
        new FollowerVerticle(
            threads.talk.bus,
            threads.log,
            new PostgresFollowerStore(threads.talk.pool),
            threads.participants(),
            UUID.randomUUID().toString(),
            Clock.systemUTC(),
            new io.micrometer.core.instrument.simple.SimpleMeterRegistry());
    threads.says(ben, room, Optional.of(thread.root()), TestThreads.text(cem));
    String deployed = Await.of(threads.talk.vertx.deployVerticle(follower));

    for (Caller each : List.of(ann, ben, cem)) {
      Awaitility.await().until(() -> threads.look(each, thread).following());
    }
    Await.of(threads.talk.vertx.undeploy(deployed));
  }

  @Test
  void whatWasSaidBeforeThreadsCouldBeFollowedIsReadAndToldToNobody() {
    long said = threads.says(ben, room, Optional.of(thread.root()), TestThreads.text(cem));
    long second = threads.says(ben, room, Optional.of(thread.root()), TestThreads.text(cem));
    threads.takeOld(room, said, second);

    for (Caller each : List.of(ann, ben, cem)) {
      assertThat(threads.look(each, thread))
          .extracting(Followed::following, Followed::unread, Followed::read, Followed::n)
          .containsExactly(true, 0L, second, 2L);
      assertThat(threads.told(each)).isEmpty();
    }
    threads.replies(ben, thread);
    assertThat(threads.told(cem)).hasSize(1);
    assertThat(threads.look(cem, thread).unread()).isEqualTo(1);
  }

  @Test
  void whoOnlyReadsDoesNotFollowUntilTheyChooseTo() {
    threads.replies(ben, thread);
    assertThat(threads.look(cem, thread).following()).isFalse();
    assertThat(threads.look(cem, thread).unread()).isZero();
    assertThat(threads.read(cem, thread, 999).following()).isFalse();

    assertThat(threads.follow(cem, thread))
        .extracting(Followed::following, Followed::unread, Followed::n)
        .containsExactly(true, 0L, 1L);
    threads.replies(ben, thread);
    assertThat(threads.follow(cem, thread).unread()).as("following twice").isEqualTo(1);
  }

  @Test
  void nobodyWhoDoesNotWantToIsBroughtBackButByWhatTheyWrite() {
    long said = threads.replies(ben, thread);
    threads.unfollow(ann, thread);
    threads.unfollow(ben, thread);
    threads.take(room, said, said);
    threads.replies(cem, thread, ben);

    assertThat(threads.look(ann, thread).following()).isFalse();
    assertThat(threads.look(ben, thread).following()).isFalse();
    assertThat(threads.look(ben, thread).unread()).isZero();
    assertThat(followed(ben)).doesNotContain(thread);

    threads.replies(ben, thread);
    assertThat(threads.look(ben, thread))
        .extracting(Followed::following, Followed::unread)
        .containsExactly(true, 0L);
    assertThat(threads.look(ann, thread).following()).isFalse();
    assertThat(threads.follow(ann, thread).following()).isTrue();
  }

  @Test
  void whoUnfollowsBeforeAnythingWasSaidIsLeftAlone() {
    threads.unfollow(ann, thread);
    threads.unfollow(cem, thread);
    threads.replies(ben, thread, cem);

    assertThat(threads.look(ann, thread).following()).isFalse();
    assertThat(threads.look(cem, thread).following()).isFalse();
  }

  @Test
  void aMarkerStaysInItsThreadAndOnlyMovesForward() {
    threads.replies(ben, thread);
    long second = threads.replies(ben, thread);
    long third = threads.replies(cem, thread);

    assertThat(threads.read(ann, thread, 0).unread()).isEqualTo(3);
    assertThat(threads.read(ann, thread, second))
        .extracting(Followed::read, Followed::n, Followed::unread)
        .containsExactly(second, 2L, 1L);
    assertThat(threads.read(ann, thread, thread.root()).read()).isEqualTo(second);
    assertThat(threads.read(ann, thread, 999_999))
        .extracting(Followed::read, Followed::n, Followed::unread, Followed::last)
        .containsExactly(third, 3L, 0L, third);
  }

  @Test
  void whatOneWritesIsNeverUnreadAndWhatWasDeletedStaysCounted() {
    long said = threads.replies(ben, thread);
    threads.replies(ann, thread);
    threads.replies(cem, thread, ann);
    Await.of(threads.talk.writes(ben, room, "delete", Optional.of(said), Json.object("{}")));

    assertThat(threads.look(ann, thread))
        .extracting(Followed::unread, Followed::mentions, Followed::replies)
        .containsExactly(2L, 1L, 3L);
  }

  @Test
  void anEditThatMentionsSomebodyMakesThemFollowFromThere() {
    threads.replies(ben, thread);
    long said = threads.replies(ben, thread);
    long edit =
        Await.of(threads.talk.writes(ben, room, "edit", Optional.of(said), TestThreads.text(cem)));
    threads.take(room, edit, edit);

    assertThat(threads.look(cem, thread))
        .extracting(Followed::following, Followed::unread, Followed::mentions, Followed::n)
        .containsExactly(true, 1L, 1L, 1L);
  }

  @Test
  void whoeverFollowsIsToldThatAReplyIsGoneThatMentionedThem() {
    long said = threads.replies(ben, thread, ann);
    assertThat(threads.told(ann)).extracting(each -> each.path("mentions").asLong()).contains(1L);

    long gone =
        Await.of(threads.talk.writes(ben, room, "delete", Optional.of(said), Json.object("{}")));
    threads.take(room, gone, gone);

    assertThat(threads.told(ann))
        .singleElement()
        .matches(each -> each.path("mentions").asLong() == 0)
        .matches(each -> each.path("unread").asLong() == 1);
  }

  @Test
  void followingEndsWithTheMembershipAndDoesNotComeBackByWhatWasSaidBefore() {
    long said = threads.replies(ben, thread, cem);
    threads.talk.leave(cem, room);

    assertThat(followed(cem)).isEmpty();
    Failure refused =
        Await.failure(
            threads.talk.bus.ask(FollowsApi.LOOK, new FollowsApi.Look(cem.user(), thread)));
    assertThat(refused.reason()).isEqualTo(Reason.NOT_MEMBER);

    threads.talk.join(cem, room);
    threads.take(room, said, said);
    assertThat(threads.look(cem, thread).following()).isFalse();
    long later = threads.replies(ben, thread, cem);
    assertThat(threads.look(cem, thread))
        .extracting(Followed::following, Followed::unread, Followed::read)
        .containsExactly(true, 1L, later - 1);
  }

  @Test
  void whoeverComesBackIsNotMadeToFollowByWhatWasSaidBeforeWhileTheirEntryIsOnItsWay() {
    long said = threads.says(ben, room, Optional.of(thread.root()), TestThreads.text(cem));
    threads.talk.leave(cem, room);
    threads.talk.join(cem, room);
    threads.unplaced(cem, room);
    threads.take(room, said, said);
    assertThat(threads.look(cem, thread).following()).isFalse();

    threads.replies(ben, thread, cem);
    assertThat(threads.look(cem, thread).following()).isTrue();
  }

  @Test
  void whatIsBroughtTwiceAndInAnyOrderComesToTheSame() {
    long first = threads.replies(ben, thread, cem);
    long last = threads.replies(ann, thread);
    Followed before = threads.look(cem, thread);

    threads.take(room, last, last);
    threads.take(room, first, last);

    assertThat(threads.look(cem, thread)).isEqualTo(before);
    assertThat(threads.look(ben, thread).unread()).isEqualTo(1);
  }

  @Test
  void theLiveliestThreadsComeFirstAndInPages() {
    ThreadId other = threads.thread(ben, room);
    ThreadId third = threads.thread(cem, room);
    List.of(thread, other, third).forEach(each -> threads.replies(ben, each, ann));
    threads.replies(cem, thread);

    assertThat(followed(ann)).containsExactly(thread, third, other);
    FollowedPage page = threads.list(ann, false, Optional.empty(), 2);
    assertThat(page.roots()).hasSize(2);
    assertThat(page.next()).isPresent();
    FollowedPage rest = threads.list(ann, false, page.next(), 2);
    assertThat(rest.threads()).extracting(Followed::thread).containsExactly(other.root());
    assertThat(rest.next()).isEmpty();

    threads.read(ann, third, 999_999);
    assertThat(threads.list(ann, true, Optional.empty(), 50).threads())
        .extracting(Followed::thread)
        .containsExactly(thread.root(), other.root());
  }

  @Test
  void whatStandsBehindABadgeIsListedInPages() {
    threads.replies(ben, thread);
    long mentioning = threads.replies(cem, thread, ann);
    threads.replies(ann, thread);
    long last = threads.replies(ben, thread);

    Explained page = explain(ann, Optional.empty(), 2);
    assertThat(page.unread()).isEqualTo(3);
    assertThat(page.mentions()).isEqualTo(1);
    assertThat(page.mentioning()).containsExactly(mentioning);
    assertThat(page.entries()).hasSize(2);
    Explained rest = explain(ann, page.next(), 5);
    assertThat(rest.entries()).extracting(entry -> entry.seq()).containsExactly(last);
    assertThat(rest.next()).isEmpty();

    threads.unfollow(ann, thread);
    assertThat(explain(ann, Optional.empty(), 5).entries()).isEmpty();
  }

  @Test
  void whatIsNoMessageHasNoThread() {
    long reply = threads.replies(ben, thread);
    for (long root : List.of(1L, reply, 999_999L)) {
      Failure refused =
          Await.failure(
              threads.talk.bus.ask(
                  FollowsApi.FOLLOW, new FollowsApi.Follow(ann.user(), new ThreadId(room, root))));
      assertThat(refused.reason()).as("at %s", root).isEqualTo(Reason.NOT_FOUND);
    }
    Failure refused =
        Await.failure(
            threads.talk.bus.ask(
                FollowsApi.LIST,
                new FollowsApi.ListFollowed(
                    ann.user(), Optional.empty(), false, Optional.of("eA"), 5)));
    assertThat(refused.details()).containsEntry("field", "after");
  }

  @Test
  void whoeverFollowsAsManyAsTheyMayFollowsWhatTheyAskForAndHearsWhatGoesForIt() {
    List<ThreadId> livelier = new ArrayList<>();
    long head = threads.talk.view(cem, room).head();
    for (int i = 0; i < FollowsApi.MOST; i++) {
      livelier.add(new ThreadId(room, i == 0 ? threads.thread(ben, room).root() : head + 10 + i));
    }
    List<Activity> said = new ArrayList<>();
    List<Cause> causes = new ArrayList<>();
    for (ThreadId each : livelier) {
      long seq = each.root() + 1_000;
      said.add(new Activity(each, seq, seq));
      causes.add(new Cause(each, cem.user(), seq, seq, false, new Marker(seq, 0)));
    }
    Await.of(threads.store.take(said, causes));
    threads.told(cem);

    assertThat(threads.follow(cem, thread).following()).isTrue();

    assertThat(threads.look(cem, thread).following()).isTrue();
    assertThat(threads.look(cem, livelier.get(0)).following()).isFalse();
    assertThat(threads.told(cem))
        .extracting(
            note -> note.path("thread").asLong(), note -> note.path("following").asBoolean())
        .containsExactly(tuple(livelier.get(0).root(), false), tuple(thread.root(), true));
  }

  @Test
  void ofTheThreadsOfARoomTheLiveliestAreKept() {
    List<Activity> said = new ArrayList<>();
    List<Cause> causes = new ArrayList<>();
    long joined = threads.talk.view(cem, room).head();
    for (int i = 1; i <= FollowsApi.MOST + 3; i++) {
      ThreadId each = new ThreadId(room, i);
      said.add(new Activity(each, joined + i, joined + i));
      causes.add(new Cause(each, cem.user(), joined + i, joined + i, false, new Marker(joined, 0)));
    }
    Await.of(threads.store.take(said, causes));
    UserId user = cem.user();

    List<FollowStore.Listed> kept =
        Await.of(threads.store.list(user, Optional.of(room), false, Optional.empty(), 2_000));
    assertThat(kept).hasSize(FollowsApi.MOST);
    assertThat(kept.get(kept.size() - 1).following().thread().root()).isEqualTo(4);
  }
}
