package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.failure.Reason;
import io.parley.fixtures.LocalOwnership;
import io.parley.json.Json;
import io.parley.log.LogApi.Appended;
import io.parley.log.LogApi.Delivery;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogApi.Head;
import io.parley.log.LogApi.Leased;
import io.parley.log.Standing.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogVerticleTest {
  private static final String NODE = "n1";
  private static final int INSTANCES = 2;

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId ben = Entries.user();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private OwnerFixture fixture;
  private Bus bus;
  private LogClient client;
  private Ownership ownership;

  @BeforeEach
  void deploy() {
    fixture = new OwnerFixture();
    await(fixture.identity());
    bus = Bus.over(fixture.vertx, List.of(LogApi.CONTRACT, PicksApi.CONTRACT, ThreadsApi.CONTRACT));
    ownership = new LocalOwnership(NODE, INSTANCES);
    client = new BusLogClient(fixture.vertx, bus, ownership, new Random(7));
    for (int instance = 0; instance < INSTANCES; instance++) {
      Ownership.Owner here = new Ownership.Owner(NODE, instance);
      await(fixture.vertx.deployVerticle(verticle(fixture.real, ownership, here)));
    }
    bus.hear(LogApi.DELIVERY.at("bridge"), deliveries::add);
  }

  private LogVerticle verticle(LogStore store, Ownership ownership, Ownership.Owner here) {
    return new LogVerticle(
        bus,
        store,
        fixture.members,
        ownership,
        here,
        OwnerFixture.config(),
        OwnerFixture.unlimited(),
        Clock.systemUTC(),
        registry);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String place(LogId log) {
    return ownership.of(log.shard()).place();
  }

  private Future<Appended> post(LogId log, UserId author, String cid) {
    return client.append(log, Entries.message(author, cid), Duration.ofSeconds(20));
  }

  private Leased lease(LogId log, long generation) {
    return await(
        bus.ask(
            LogApi.LEASE.at(place(log)),
            new LogApi.Lease(List.of(log), "bridge", generation),
            Duration.ofSeconds(20)));
  }

  private List<Encoded> delivered() {
    return deliveries.stream().flatMap(delivery -> delivery.entries().stream()).toList();
  }

  @Test
  void tenSendersFillARoomWithoutAHoleAndListenersSeeTheSameOrder() {
    lease(room, 1);
    List<Future<Appended>> appends = new ArrayList<>();
    IntStream.range(0, 10)
        .mapToObj(sender -> Entries.user())
        .forEach(
            sender ->
                IntStream.range(0, 100).forEach(i -> appends.add(post(room, sender, "c" + i))));
    await(Future.all(appends));

    List<Entry> stored = fixture.stored(room);
    assertThat(stored)
        .extracting(Entry::seq)
        .isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
    await().atMost(Duration.ofSeconds(10)).until(() -> delivered().size() == 1_000);
    EntryJson json = new EntryJson(await(fixture.real.identity()).epoch());
    assertThat(delivered()).isEqualTo(stored.stream().map(json::encode).toList());
    assertThat(deliveries)
        .extracting(Delivery::number)
        .isEqualTo(LongStream.rangeClosed(1, deliveries.size()).boxed().toList());
    assertThat(registry.counter("parley.log.commits").count()).isBetween(1.0, 500.0);
    assertThat(registry.counter("parley.log.appends", "outcome", "ok").count()).isEqualTo(1_000);
    assertThat(registry.summary("parley.log.batch.entries").totalAmount()).isEqualTo(1_000);
  }

  @Test
  void theSameCidFiftyTimesOverTheBusIsOneEntry() {
    List<Future<Appended>> appends =
        IntStream.range(0, 50).mapToObj(i -> post(room, ann, "same")).toList();
    await(Future.all(appends));

    assertThat(appends).filteredOn(each -> each.result().duplicate()).hasSize(49);
    assertThat(fixture.stored(room)).hasSize(1);
  }

  @Test
  void aLeaseStartsAtTheHeadsItAnswersAndDeliversEverythingAfter() {
    await(post(room, ann, "before"));
    Leased leased = lease(room, 1);
    await(post(room, ann, "after"));

    assertThat(leased.heads()).extracting(Head::seq).containsExactly(1L);
    assertThat(leased.lastNumber()).isZero();
    await().until(() -> !delivered().isEmpty());
    assertThat(delivered()).extracting(Encoded::seq).containsExactly(2L);
  }

  @Test
  void afterADoubtANumberIsMissingSoThatHeadsAreCompared() {
    FaultyStore faulty = new FaultyStore(fixture.real).append(FaultyStore::requestLost);
    Ownership.Owner here = new Ownership.Owner("n3", 0);
    await(fixture.vertx.deployVerticle(verticle(faulty, new Wandering(here), here)));
    LogApi.Lease lease = new LogApi.Lease(List.of(room), "bridge", 1);
    await(bus.ask(LogApi.LEASE.at(here.place()), lease, Duration.ofSeconds(20)));

    LogApi.Append post = Entries.append(room, Entries.message(ann, "c1"), 5_000);
    await(bus.ask(LogApi.APPEND.at(here.place()), post));

    await().until(() -> !deliveries.isEmpty());
    assertThat(deliveries.element().number()).isEqualTo(2);
  }

  @Test
  void aReleasedLogIsNoLongerDelivered() {
    LogId other = sibling(room);
    lease(room, 1);
    lease(other, 1);
    await(bus.ask(LogApi.RELEASE.at(place(room)), new LogApi.Release(List.of(room), "bridge", 1)));
    await(post(room, ann, "unheard"));
    await(post(other, ann, "heard"));

    await().until(() -> !delivered().isEmpty());
    assertThat(delivered()).extracting(Encoded::log).containsExactly(other);
  }

  /** Another log of the same owner. */
  private LogId sibling(LogId log) {
    LogId other = Entries.room();
    return place(other).equals(place(log)) ? other : sibling(log);
  }

  @Test
  void aKeepAliveTellsWhetherBothSidesSeeTheSame() {
    Leased leased = lease(room, 1);
    await(post(room, ann, "c1"));

    LogApi.Alive alive = keepAlive(1, 1);
    assertThat(alive).isEqualTo(new LogApi.Alive(leased.incarnation(), 1, 1));
    assertThat(keepAlive(2, 1).leases()).isZero();
    await(post(room, ann, "c2"));
    await(post(room, ann, "c3"));
    assertThat(delivered()).extracting(Encoded::seq).doesNotContain(2L, 3L);
  }

  private LogApi.Alive keepAlive(long generation, long lastNumber) {
    return await(
        bus.ask(
            LogApi.KEEP_ALIVE.at(place(room)),
            new LogApi.KeepAlive("bridge", generation, 1, lastNumber)));
  }

  @Test
  void aNodeIsToldWhoseReadingEnds() {
    lease(room, 1);
    await(
        client.append(
            room,
            Entries.change(ben, "k", 1, ann, Entries.standing(Access.STRANGER, 1)),
            Duration.ofSeconds(5)));

    await().until(() -> !delivered().isEmpty());
    assertThat(delivered()).extracting(Encoded::expels).containsExactly(Optional.of(ann));
    LogApi.Page page = await(client.read(read(0, Long.MAX_VALUE, 10)));
    assertThat(page.entries()).isEqualTo(delivered());
  }

  private LogApi.Read read(long after, long through, int limit) {
    return new LogApi.Read(room, Optional.empty(), after, through, 0, limit);
  }

  @Test
  void typingIsCoalescedAndReachesListenersOnly() {
    lease(room, 1);
    await(client.signal(room, ann, "typing"));
    await(client.signal(room, ann, "typing"));
    await(client.signal(room, ben, "typing"));

    await().until(() -> deliveries.stream().anyMatch(each -> !each.fleeting().isEmpty()));
    String json =
        new String(deliveries.element().fleeting().get(0).json().array(), StandardCharsets.UTF_8);
    assertThat(Json.object(json.getBytes(StandardCharsets.UTF_8)).get("kind"))
        .hasToString("\"typing\"");
    assertThat(json).contains(room.id().toString(), ann.toString(), ben.toString());
    assertThat(fixture.stored(room)).isEmpty();
    fixture.members.set(room, ann, Entries.standing(Access.READ, 0));
    LogId other = Entries.room();
    fixture.members.set(other, ann, Entries.standing(Access.HIDDEN, 0));
    assertThat(refusal(client.signal(other, ann, "typing"))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void notesOfOthersReachThoseWhoListenAndNobodyElse() {
    LogId mine = LogId.user(ann.value());
    LogId unheard = LogId.user(ben.value());
    lease(mine, 1);

    client.tell(List.of(note(unheard, "1"), note(mine, "2")));

    await().until(() -> !deliveries.isEmpty());
    assertThat(deliveries.element().fleeting()).containsExactly(note(mine, "2"));
    assertThat(deliveries.element().entries()).isEmpty();
  }

  private static LogApi.Fleeting note(LogId log, String text) {
    return new LogApi.Fleeting(log, new Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatMovedIsToldWithItsNewestHead() {
    Queue<Head> moved = new ConcurrentLinkedQueue<>();
    bus.hear(LogApi.MOVED, news -> moved.addAll(news.heads()));
    await(post(LogId.user(ann.value()), ann, "own"));
    await(Future.all(post(room, ann, "c1"), post(room, ann, "c2"), post(room, ben, "c3")));

    await().until(() -> moved.stream().anyMatch(head -> head.seq() == 3));
    assertThat(moved).extracting(Head::log).containsOnly(room);
    Head last = await(bus.ask(LogApi.HEADS, new LogApi.Heads(List.of(room)))).heads().get(0);
    assertThat(moved).endsWith(last).hasSizeLessThan(3);
  }

  @Test
  void inACrowdNobodyIsToldWhoIsTyping() {
    LogId other = Stream.generate(Entries::room).filter(this::besideRoom).findFirst().orElseThrow();
    lease(room, 1);
    lease(other, 1);
    fixture.members.count(101);
    await(client.signal(room, ann, "typing"));
    fixture.members.count(100);

    await(client.signal(other, ann, "typing"));

    await().until(() -> deliveries.stream().anyMatch(each -> !each.fleeting().isEmpty()));
    assertThat(deliveries.stream().flatMap(each -> each.fleeting().stream()))
        .extracting(LogApi.Fleeting::log)
        .containsExactly(other);
  }

  private boolean besideRoom(LogId log) {
    return ownership.of(log.shard()).equals(ownership.of(room.shard()));
  }

  @Test
  void whoeverDoesNotOwnALogSaysWhoDoes() {
    String elsewhere = NODE + "/" + (1 - ownership.of(room.shard()).instance());
    var refused =
        OwnerFixture.failure(
            bus.ask(
                LogApi.APPEND.at(elsewhere),
                Entries.append(room, Entries.message(ann, "c1"), 1_000)));

    assertThat(refused.reason()).isEqualTo(Reason.NOT_OWNER);
    assertThat(refused.details()).containsEntry("owner", place(room));
    assertThat(fixture.stored(room)).isEmpty();
  }

  @Test
  void aVerticleThatGoesWritesWhatItTook() {
    FaultyStore slow = new FaultyStore(fixture.real);
    Ownership.Owner here = new Ownership.Owner("n2", 0);
    LogVerticle leaving = verticle(slow, new Wandering(here), here);
    String id = await(fixture.vertx.deployVerticle(leaving));
    Promise<Void> come = Promise.promise();
    Promise<Void> gate = Promise.promise();
    slow.append(
        (real, batch) -> {
          come.complete();
          return gate.future().compose(open -> real.append(batch));
        });
    Future<Appended> taken = append(here, "taken");
    await(come.future());
    Future<Appended> queued = append(here, "queued");
    Future<Void> gone = fixture.vertx.undeploy(id);
    gate.complete();

    await(gone);
    await(Future.all(taken, queued));
    assertThat(fixture.stored(room)).extracting(Entry::cid).containsExactly("taken", "queued");
  }

  @Test
  void aShardThatWentAndCameBackDuringAWriteIsWrittenOn() {
    Ownership.Owner here = new Ownership.Owner("n2", 0);
    Wandering wandering = new Wandering(here);
    FaultyStore slow = new FaultyStore(fixture.real);
    await(fixture.vertx.deployVerticle(verticle(slow, wandering, here)));
    Standing member = Entries.standing(Access.POST, 1);
    Draft join = Entries.change(ann, "join", 1, ann, member);
    await(bus.ask(LogApi.APPEND.at(here.place()), Entries.append(room, join, 5_000)));
    fixture.members.set(room, ann, member);
    Promise<Void> come = Promise.promise();
    Promise<Void> gate = Promise.promise();
    slow.append(
        (real, batch) -> {
          come.complete();
          return gate.future().compose(open -> real.append(batch));
        });
    Future<Appended> during = append(here, "during");
    await(come.future());

    wandering.away();
    wandering.back();
    Future<Appended> waiting = append(here, "waiting");
    gate.complete();

    await(Future.all(during, waiting));
    await(append(here, "later"));
    assertThat(fixture.stored(room))
        .extracting(Entry::cid)
        .containsExactly("join", "during", "waiting", "later");
  }

  @Test
  void whatWasReadBeforeAnotherOwnedTheShardIsReadAnew() {
    Ownership.Owner here = new Ownership.Owner("n2", 0);
    Wandering wandering = new Wandering(here);
    await(fixture.vertx.deployVerticle(verticle(fixture.real, wandering, here)));
    await(append(here, "member"));
    fixture.members.set(room, ann, Standing.NONE);
    await(append(here, "still believed to be"));

    wandering.away();
    wandering.back();

    assertThat(refusal(append(here, "no more"))).isEqualTo(Reason.NOT_FOUND);
    assertThat(fixture.stored(room)).hasSize(2);
  }

  /** One owner of everything, who may lose it all and get it back. */
  private static final class Wandering implements Ownership {
    private final Owner owner;
    private int term;

    Wandering(Owner owner) {
      this.owner = owner;
    }

    synchronized void away() {
      term++;
    }

    synchronized void back() {
      term++;
    }

    @Override
    public synchronized Owner of(int shard) {
      return term % 2 == 0 ? owner : new Owner("elsewhere", 0);
    }

    @Override
    public synchronized long term(int shard) {
      return term;
    }

    @Override
    public long clock(String node) {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Nobody is told: each has to notice by itself. */
    @Override
    public void watch(Watcher watcher) {}
  }

  private Future<Appended> append(Ownership.Owner there, String cid) {
    return bus.ask(
        LogApi.APPEND.at(there.place()), Entries.append(room, Entries.message(ann, cid), 5_000));
  }

  @Test
  void oneReadsOnesOwnLogAndNobodyElses() {
    LogId mine = LogId.user(ann.value());

    assertThat(await(client.admit(mine, ann, 0)).head().seq()).isZero();
    assertThat(refusal(client.admit(mine, ben, 0))).isEqualTo(Reason.NOT_FOUND);
    assertThat(fixture.members.asked()).isZero();
  }
}
