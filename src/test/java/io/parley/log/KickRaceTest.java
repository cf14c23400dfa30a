package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.log.LogApi.Admitted;
import io.parley.log.LogApi.Appended;
import io.parley.log.Standing.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Posts, pins and subscriptions race with a kick, or with a role that only reads: nothing of whom
 * it concerns is numbered after it.
 */
class KickRaceTest {
  private static final int RACES = 200;
  private static final long SEED = 20_261_121;

  private OwnerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** One race: what was tried, and how it ended. */
  private final class Race {
    final Access left;
    final LogId room = Entries.room();
    final UserId kicked = Entries.user();
    final UserId other = Entries.user();
    final List<Future<Appended>> posts = new ArrayList<>();
    final List<Future<Admitted>> admissions = new ArrayList<>();
    final List<Future<Appended>> late = new ArrayList<>();
    final Promise<Appended> kick = Promise.promise();

    Race(Access left) {
      this.left = left;
      fixture.members.set(room, kicked, new Standing(Access.POST, 0, Optional.empty(), 0, true));
    }

    /** Posts through one owner, kicks through another, in an order and at times of chance. */
    void run(Random random, OwnerFixture.Host posting, OwnerFixture.Host kicking) {
      int steps = 3 + random.nextInt(8);
      int kickAt = random.nextInt(steps);
      for (int i = 0; i < steps; i++) {
        if (i == kickAt) {
          kick(kicking, random.nextInt(3));
        }
        posts.add(posting.append(room, anything(random, "k" + i)));
        posting.append(room, Entries.message(other, "o" + i)).onFailure(refused -> {});
        admissions.add(posting.admit(room, kicked));
        if (random.nextInt(3) == 0) {
          await(posts.get(random.nextInt(posts.size())).otherwiseEmpty());
        }
      }
      await(kick.future());
      late.add(posting.append(room, Entries.pin(kicked, "late pin", 1)));
      late.add(kicking.append(room, Entries.unpin(kicked, "late unpin", 1)));
      late.add(kicking.append(room, Entries.reply(kicked, "late reply", 1)));
      late.add(posting.append(room, forward("late forward")));
      late.add(posting.append(room, Entries.message(kicked, "late")));
      late.add(kicking.append(room, Entries.message(kicked, "later")));
      await(Future.join(posts).otherwiseEmpty());
      await(Future.join(late).otherwiseEmpty());
      await(Future.join(admissions).otherwiseEmpty());
    }

    /** Mostly messages; what the first message has against a pin does not matter here. */
    private Draft anything(Random random, String cid) {
      return switch (random.nextInt(8)) {
        case 0 -> Entries.pin(kicked, cid, 1);
        case 1 -> Entries.unpin(kicked, cid, 1);
        case 2 -> Entries.reply(kicked, cid, 1);
        case 3 -> forward(cid);
        default -> Entries.message(kicked, cid);
      };
    }

    private Draft forward(String cid) {
      return Entries.forward(kicked, cid, "forward " + cid, Optional.of("{\"text\":\"x\"}"));
    }

    /** As in life: first the members change, then the entry is appended. */
    private void kick(OwnerFixture.Host kicking, int delayMs) {
      Standing out = Entries.standing(left, 1);
      Draft draft = Entries.change(other, "kick", 1, kicked, out);
      Runnable go =
          () -> {
            fixture.members.set(room, kicked, out);
            kicking.append(room, draft).onComplete(kick);
          };
      if (delayMs == 0) {
        go.run();
      } else {
        fixture.vertx.timer(delayMs, TimeUnit.MILLISECONDS).onSuccess(due -> go.run());
      }
    }

    void check() {
      long end = kick.future().result().seq();
      List<Entry> stored = fixture.stored(room);
      for (int i = 0; i < stored.size(); i++) {
        assertThat(stored.get(i).seq()).isEqualTo(i + 1);
      }
      assertThat(stored)
          .filteredOn(entry -> entry.author().equals(kicked))
          .allMatch(entry -> entry.seq() < end);
      assertThat(posts)
          .filteredOn(Future::succeeded)
          .allMatch(
              post ->
                  stored.get((int) post.result().seq() - 1).author().equals(kicked)
                      && post.result().seq() < end);
      assertThat(late).noneMatch(Future::succeeded);
      assertThat(admissions)
          .filteredOn(Future::succeeded)
          .allMatch(admission -> left == Access.READ || admission.result().head().seq() < end);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STRANGER", "READ"})
  void nothingOfTheKickedIsNumberedAfterTheKick(Access left) {
    OwnerFixture.Host owner = fixture.owner();
    for (int i = 0; i < RACES; i++) {
      Random random = new Random(SEED + i);
      Race race = new Race(left);
      race.run(random, owner, owner);
      check(race, SEED + i);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STRANGER", "READ"})
  void norWithTwoOwnersOfTheRoomAtOnce(Access left) {
    OwnerFixture.Host one = fixture.owner();
    OwnerFixture.Host two = fixture.owner();
    for (int i = 0; i < RACES; i++) {
      Random random = new Random(SEED - i);
      Race race = new Race(left);
      race.run(random, one, two);
      check(race, SEED - i);
    }
    assertThat(fixture.count("parley.log.conflicts")).isPositive();
  }

  private static void check(Race race, long seed) {
    try {
      race.check();
    } catch (AssertionError failed) {
      throw new AssertionError("seed " + seed, failed);
    }
  }
}
