package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.log.LogApi.Appended;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners that should be one, and stores that fail at every turn: the logs stay whole. */
class OwnersAtOnceTest {
  private static final long SEED = 4_711;
  private static final int POSTS = 200;
  private static final int PATIENCE_MS = 25_000;

  private final List<LogId> rooms = IntStream.range(0, 4).mapToObj(i -> Entries.room()).toList();
  private final Map<Draft, Future<Appended>> outcomes = new HashMap<>();
  private final Map<Draft, LogId> homes = new HashMap<>();
  private OwnerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new OwnerFixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void post(OwnerFixture.Host owner, LogId room, Draft draft) {
    homes.put(draft, room);
    outcomes.put(draft, owner.append(room, draft, PATIENCE_MS));
  }

  /** Posts in bursts of chance, as many to each owner. */
  private void storm(List<OwnerFixture.Host> owners, Random random) {
    for (int i = 0; i < POSTS; i++) {
      for (OwnerFixture.Host owner : owners) {
        LogId room = rooms.get(random.nextInt(rooms.size()));
        post(owner, room, Entries.message(Entries.user(), "c" + i));
      }
      if (random.nextInt(20) == 0) {
        await(fixture.vertx.timer(random.nextInt(10) + 1, TimeUnit.MILLISECONDS));
      }
    }
    await(Future.join(new ArrayList<>(outcomes.values())).otherwiseEmpty());
  }

  private void assertWhole() {
    Map<LogId, List<Entry>> stored = new HashMap<>();
    for (LogId room : rooms) {
      List<Entry> entries = fixture.stored(room);
      stored.put(room, entries);
      assertThat(entries)
          .extracting(Entry::seq)
          .isEqualTo(LongStream.rangeClosed(1, entries.size()).boxed().toList());
      assertThat(entries).extracting(Entry::n).isEqualTo(entries.stream().map(Entry::seq).toList());
      assertThat(entries).extracting(Entry::at).isSorted();
    }
    outcomes.forEach(
        (draft, outcome) -> {
          if (outcome.succeeded()) {
            Entry entry = stored.get(homes.get(draft)).get((int) outcome.result().seq() - 1);
            assertThat(entry.author()).isEqualTo(draft.author());
            assertThat(entry.body()).isEqualTo(draft.body());
            assertThat(entry.id()).hasToString(outcome.result().id());
          }
        });
  }

  @Test
  void twoOwnersOfTheSameLogsBothGetOnAndForkNothing() {
    OwnerFixture.Host one = fixture.owner();
    OwnerFixture.Host two = fixture.owner();

    storm(List.of(one, two), new Random(SEED));

    assertThat(outcomes.values()).allMatch(Future::succeeded).hasSize(2 * POSTS);
    assertThat(rooms.stream().mapToInt(room -> fixture.stored(room).size()).sum())
        .isEqualTo(2 * POSTS);
    assertWhole();
    assertThat(fixture.count("parley.log.conflicts")).isPositive();
  }

  @Test
  void theSameCidsThroughTwoOwnersStandOnce() {
    OwnerFixture.Host one = fixture.owner();
    OwnerFixture.Host two = fixture.owner();
    UserId author = Entries.user();
    List<Future<Appended>> pairs = new ArrayList<>();
    for (int i = 0; i < POSTS; i++) {
      Draft draft = Entries.message(author, "c" + i);
      pairs.add(one.append(rooms.get(0), draft, PATIENCE_MS));
      pairs.add(two.append(rooms.get(0), draft, PATIENCE_MS));
    }
    await(Future.all(pairs));

    assertThat(fixture.stored(rooms.get(0))).hasSize(POSTS);
    for (int i = 0; i < pairs.size(); i += 2) {
      Appended here = pairs.get(i).result();
      Appended there = pairs.get(i + 1).result();
      assertThat(here.seq()).isEqualTo(there.seq());
      assertThat(here.duplicate()).isNotEqualTo(there.duplicate());
    }
  }

  @Test
  void somebodyIsLetInWhereverAnotherOwnerHasWrittenTheirEntrance() {
    OwnerFixture.Host one = fixture.owner();
    OwnerFixture.Host two = fixture.owner();
    LogId room = rooms.get(0);
    UserId newcomer = Entries.user();
    await(one.admit(room, Entries.user()));
    Standing inside = Entries.standing(Standing.Access.POST, 1);
    fixture.members.set(room, newcomer, inside);
    await(two.append(room, Entries.change(Entries.user(), "join", 1, newcomer, inside)));

    assertThat(eventually(() -> one.admit(room, newcomer)).head().seq()).isEqualTo(1);
    assertThat(eventually(() -> one.append(room, Entries.message(newcomer, "hello"))).seq())
        .isEqualTo(2);
  }

  @Test
  void nobodyIsTurnedAwayOnWhatAnOwnerRemembersOfThem() {
    OwnerFixture.Host one = fixture.owner();
    OwnerFixture.Host two = fixture.owner();
    LogId room = rooms.get(0);
    UserId newcomer = Entries.user();
    fixture.members.others(Standing.NONE);
    assertThat(OwnerFixture.refusal(one.admit(room, newcomer))).isEqualTo(Reason.NOT_FOUND);
    assertThat(OwnerFixture.refusal(one.append(room, Entries.message(newcomer, "early"))))
        .isEqualTo(Reason.NOT_FOUND);
    Standing inside = Entries.standing(Standing.Access.POST, 1);
    fixture.members.set(room, newcomer, inside);
    await(two.append(room, Entries.change(Entries.user(), "join", 1, newcomer, inside)));

    assertThat(eventually(() -> one.append(room, Entries.message(newcomer, "hello"))).seq())
        .isEqualTo(2);
    Standing outside = Entries.standing(Standing.Access.STRANGER, 2);
    fixture.members.set(room, newcomer, outside);
    await(one.append(room, Entries.change(Entries.user(), "kick", 2, newcomer, outside)));
    Standing back = Entries.standing(Standing.Access.POST, 3);
    fixture.members.set(room, newcomer, back);
    eventually(() -> two.append(room, Entries.change(Entries.user(), "back", 3, newcomer, back)));
    assertThat(eventually(() -> one.admit(room, newcomer)).head().seq()).isEqualTo(4);
  }

  @Test
  void twoReadersOfOneUserAreAnsweredAlike() {
    OwnerFixture.Host one = fixture.owner();
    LogId room = rooms.get(0);
    UserId newcomer = Entries.user();
    fixture.members.set(room, newcomer, Entries.standing(Standing.Access.POST, 1));
    Future<LogApi.Admitted> first = one.admit(room, newcomer);
    Future<LogApi.Admitted> second = one.admit(room, newcomer);

    assertThat(OwnerFixture.refusal(first)).isEqualTo(Reason.UNAVAILABLE);
    assertThat(OwnerFixture.refusal(second)).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void twoOwnersTakeTheChangesOfARoomInTurn() {
    List<OwnerFixture.Host> owners = List.of(fixture.owner(), fixture.owner());
    LogId room = rooms.get(0);
    for (int version = 1; version <= 6; version++) {
      OwnerFixture.Host owner = owners.get(version % 2);
      Standing inside = Entries.standing(Standing.Access.POST, version);
      Draft join =
          Entries.change(Entries.user(), "join " + version, version, Entries.user(), inside);

      assertThat(eventually(() -> owner.append(room, join)).seq()).isEqualTo(version);
    }
  }

  private <T> T eventually(Supplier<Future<T>> question) {
    return await(fixture.eventually(question));
  }

  @Test
  void aStoreThatFailsAtEveryTurnLosesNothingThatWasAcknowledged() {
    for (long seed = SEED; seed < SEED + 5; seed++) {
      Random random = new Random(seed);
      OwnerFixture.Host owner = fixture.owner();
      owner.store.always((real, batch) -> misfortune(random, real, batch));
      try {
        storm(List.of(owner), random);
        assertWhole();
        assertThat(outcomes.values()).allMatch(Future::succeeded);
        assertHeardInOrder(owner);
      } catch (AssertionError failed) {
        throw new AssertionError("seed " + seed, failed);
      }
    }
  }

  /** Half of all writes meet with one of many mishaps. */
  private Future<Void> misfortune(Random random, LogStore real, List<Entry> batch) {
    Entry victim = batch.get(random.nextInt(batch.size()));
    return switch (random.nextInt(10)) {
      case 0 -> FaultyStore.replyLost(real, batch);
      case 1 -> FaultyStore.requestLost(real, batch);
      case 2 -> landsLater(random, real, batch);
      case 3 ->
          real.append(Entries.run(victim.log(), first(batch, victim.log()), 1, Entries.user()))
              .transform(taken -> real.append(batch));
      case 4 -> fixture.vertx.timer(20).compose(later -> real.append(batch));
      default -> real.append(batch);
    };
  }

  private static long first(List<Entry> batch, LogId log) {
    return batch.stream().filter(e -> e.log().equals(log)).findFirst().orElseThrow().seq();
  }

  /** The caller is told nothing, and the write arrives while the owner recovers, or after. */
  private Future<Void> landsLater(Random random, LogStore real, List<Entry> batch) {
    fixture
        .vertx
        .timer(1 + random.nextInt(5), TimeUnit.MILLISECONDS)
        .compose(later -> real.append(batch))
        .onFailure(conflict -> {});
    return FaultyStore.unknown();
  }

  /** Listeners may miss what another wrote, but what they hear is in order, and is stored. */
  private void assertHeardInOrder(OwnerFixture.Host owner) {
    for (LogId room : rooms) {
      List<Entry> heard = owner.heard.stream().filter(e -> e.log().equals(room)).toList();
      List<Entry> stored = fixture.stored(room);
      assertThat(stored).containsAll(heard);
      assertThat(heard).extracting(Entry::seq).isSorted().doesNotHaveDuplicates();
    }
  }
}
