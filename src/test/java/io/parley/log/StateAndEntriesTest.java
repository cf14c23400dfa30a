package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.config.PostgresConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.TestMongo;
import io.parley.fixtures.TestPostgres;
import io.parley.log.LogApi.Appended;
import io.parley.stores.mongo.MongoLink;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.stores.postgres.PostgresPool;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a reader has seen, and whenever: with the entries after it they come to what everybody
 * is shown. Two owners write at once, and a third of their writes meets with a mishap.
 */
class StateAndEntriesTest {
  private static final int OPERATIONS = 150;
  private static final int PATIENCE_MS = 25_000;
  private static final long PLENTY = 1L << 40;
  private static final List<String> EMOJI = List.of("\uD83D\uDC4D", "\u2764\uFE0F");

  /** What clients may be told for good; anything else would be a mistake of the server. */
  private static final Set<Reason> REFUSALS =
      Set.of(
          Reason.FORBIDDEN, Reason.GONE, Reason.ALREADY_EXISTS, Reason.NOT_FOUND, Reason.INVALID);

  private static TestMongo mongo;

  private final LogId room = Entries.room();
  private final List<UserId> people = IntStream.range(0, 3).mapToObj(i -> Entries.user()).toList();
  private final List<Page> pages = new ArrayList<>();

  /** What a reader was shown, and up to where. */
  private record Page(long asOf, List<Shown> messages) {}

  @BeforeAll
  static void start() {
    mongo = new TestMongo();
  }

  @AfterAll
  static void stop() {
    mongo.close();
  }

  static Stream<Arguments> stores() {
    return IntStream.rangeClosed(1, 2)
        .boxed()
        .flatMap(seed -> Stream.of(Arguments.of("postgres", seed), Arguments.of("mongo", seed)));
  }

  private static OwnerFixture on(String store) {
    if (store.equals("mongo")) {
      return new OwnerFixture(
          vertx -> await(MongoLink.open(vertx, mongo.config()).store(new SecureRandom())));
    }
    PostgresConfig database = TestPostgres.database();
    return new OwnerFixture(vertx -> new PostgresLogStore(PostgresPool.open(vertx, database)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("stores")
  void aStateAndTheEntriesAfterItMakeTheStateOfToday(String store, int seed) {
    OwnerFixture fixture = on(store);
    Random random = new Random(seed);
    Standing moderator = new Standing(Standing.Access.POST, 0, Optional.empty(), 0, true);
    fixture.members.set(room, people.get(0), moderator);
    try {
      List<OwnerFixture.Host> owners = List.of(fixture.owner(), fixture.owner());
      owners.forEach(owner -> owner.store.always((real, batch) -> misfortune(random, real, batch)));
      await(owners.get(0).append(room, Entries.message(people.get(1), "first"), PATIENCE_MS));
      for (int done = 0; done < OPERATIONS; ) {
        int burst = 1 + random.nextInt(8);
        done += burst;
        burst(fixture, owners, random, done, burst);
        if (random.nextInt(5) == 0) {
          pages.add(page(fixture.real));
        }
      }
      atLast(fixture, owners.get(0));
      assertEverySnapshotLeadsToToday(fixture.real);
    } finally {
      fixture.close();
    }
  }

  /** Each kind of change once for certain. */
  private void atLast(OwnerFixture fixture, OwnerFixture.Host owner) {
    UserId author = people.get(1);
    long last = await(posted(fixture, owner, Entries.message(author, "last"))).seq();
    await(posted(fixture, owner, Entries.edit(author, "e", last, "the very last")));
    await(posted(fixture, owner, Entries.react(author, "r", last, EMOJI.get(0))));
    await(posted(fixture, owner, Entries.react(author, "q", last, EMOJI.get(1))));
    await(posted(fixture, owner, Entries.unreact(author, "u", last, EMOJI.get(0))));
    await(posted(fixture, owner, Entries.pin(people.get(0), "p", last)));
    await(posted(fixture, owner, Entries.unpin(people.get(0), "n", last)));
    await(posted(fixture, owner, Entries.pin(people.get(0), "o", last)));
    await(posted(fixture, owner, Entries.delete(author, "d", last)));
  }

  /** Some people do something at once; what is acknowledged is in effect. */
  private void burst(
      OwnerFixture fixture, List<OwnerFixture.Host> owners, Random random, int round, int count) {
    long head = await(fixture.real.tops(List.of(room))).get(0).seq();
    List<Draft> drafts =
        IntStream.range(0, count)
            .mapToObj(i -> anything(random, head, "c" + round + "-" + i))
            .toList();
    List<Future<Appended>> outcomes =
        drafts.stream()
            .map(draft -> posted(fixture, owners.get(random.nextInt(2)), draft))
            .toList();
    await(Future.join(outcomes).otherwiseEmpty());
    for (int i = 0; i < count; i++) {
      assertSettled(fixture.real, drafts.get(i), outcomes.get(i));
    }
  }

  private Future<Appended> posted(OwnerFixture fixture, OwnerFixture.Host owner, Draft draft) {
    return fixture.eventually(() -> owner.append(room, draft, PATIENCE_MS));
  }

  private void assertSettled(LogStore store, Draft draft, Future<Appended> outcome) {
    if (outcome.failed()) {
      assertThat(Failure.from(outcome.cause()).reason()).isIn(REFUSALS);
    } else if (draft.target().isPresent()) {
      Shown target = await(store.at(room, List.of(draft.target().get()))).get(0);
      assertThat(target.state().rev()).isGreaterThanOrEqualTo(outcome.result().seq());
    }
  }

  private Draft anything(Random random, long head, String cid) {
    UserId who = people.get(random.nextInt(people.size()));
    long target = 1L + random.nextInt((int) Math.min(head, 8));
    String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
    return switch (random.nextInt(18)) {
      case 0 -> Entries.message(who, cid);
      case 1 -> Entries.reply(who, cid, 1L + random.nextInt((int) head));
      case 14, 15, 16 -> Entries.pin(people.get(0), cid, target);
      case 17 -> Entries.unpin(people.get(0), cid, target);
      case 2, 3, 4, 5 -> Entries.edit(who, cid, target, cid);
      case 6 -> Entries.delete(who, cid, 1L + random.nextInt((int) head));
      case 7, 8, 9 -> Entries.unreact(who, cid, target, emoji);
      default -> Entries.react(who, cid, target, emoji);
    };
  }

  private static Future<Void> misfortune(Random random, LogStore real, List<Entry> batch) {
    return switch (random.nextInt(12)) {
      case 0 -> FaultyStore.replyLost(real, batch);
      case 1 -> FaultyStore.requestLost(real, batch);
      case 2 -> FaultyStore.conflict();
      case 3 -> FaultyStore.endsHalfway(real, batch);
      default -> real.append(batch);
    };
  }

  private Page page(LogStore store) {
    long asOf = await(store.tops(List.of(room))).get(0).seq();
    return new Page(asOf, await(store.visible(room, 1, Long.MAX_VALUE, true, 10_000, PLENTY)));
  }

  private void assertEverySnapshotLeadsToToday(LogStore store) {
    Page today = page(store);
    List<Entry> entries = await(store.read(room, 0, Long.MAX_VALUE, 100_000, PLENTY));
    assertThat(entries)
        .extracting(Entry::kind)
        .contains("edit", "delete", "react", "unreact", "pin", "unpin");
    pages.add(new Page(0, List.of()));
    for (Page page : pages) {
      assertThat(said(folded(page, entries))).as("from %d on", page.asOf).isEqualTo(said(today));
    }
    assertNothingIsLeftOfTheDeleted(today, entries);
  }

  private static Page folded(Page page, List<Entry> entries) {
    TreeMap<Long, Shown> messages = new TreeMap<>();
    page.messages.forEach(each -> messages.put(each.entry().seq(), each));
    for (Entry entry : entries.subList((int) page.asOf, entries.size())) {
      entry
          .target()
          .ifPresent(seq -> messages.computeIfPresent(seq, (any, before) -> before.after(entry)));
      if (entry.target().isEmpty() || entry.kind().equals("pin")) {
        messages.putIfAbsent(entry.seq(), Shown.fresh(entry));
      }
    }
    return new Page(entries.size(), List.copyOf(messages.values()));
  }

  /** What readers see of it. */
  private static List<String> said(Page page) {
    return page.messages.stream()
        .map(
            each ->
                each.state().deleted()
                    ? each.entry().seq() + " deleted " + each.state()
                    : each.entry().seq() + " " + StateJson.body(each) + " " + each.state())
        .toList();
  }

  private static void assertNothingIsLeftOfTheDeleted(Page today, List<Entry> entries) {
    List<Shown> deleted = today.messages.stream().filter(each -> each.state().deleted()).toList();
    assertThat(deleted).isNotEmpty();
    for (Shown message : deleted) {
      assertThat(message.entry().body()).isEqualTo(MessageState.CLEARED);
      assertThat(entries)
          .filteredOn(entry -> entry.target().equals(Optional.of(message.entry().seq())))
          .filteredOn(entry -> entry.kind().equals("edit"))
          .extracting(Entry::body)
          .allMatch(MessageState.CLEARED::equals);
    }
  }
}
