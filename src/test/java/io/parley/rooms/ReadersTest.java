package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.config.PostgresConfig;
import io.parley.config.RoomsConfig;
import io.parley.contacts.ContactsApi;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogApi.Head;
import io.parley.log.LogId;
import io.parley.rooms.RoomsApi.Caller;
import io.parley.rooms.RoomsApi.Marked;
import io.parley.rooms.RoomsApi.Own;
import io.parley.rooms.RoomsApi.RoomView;
import io.parley.stores.postgres.PostgresOutboxStore;
import io.parley.stores.postgres.PostgresPool;
import io.parley.stores.postgres.PostgresReaderStore;
import io.parley.stores.postgres.PostgresRoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How far people have read, and what their devices are told of it; over logs whose entry at seq s
 * has n = s - 2, and in which everybody wrote one message after any place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadersTest {
  private final Vertx vertx = Vertx.vertx();
  private final RecordedLogs logs = new RecordedLogs();
  private final Map<LogId, Long> heads = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private Bus bus;
  private Pool pool;
  private Caller ann;
  private Caller bob;
  private RoomId room;

  @BeforeAll
  void start() {
    PostgresConfig database = TestPostgres.database();
    pool = PostgresPool.open(vertx, database);
    bus =
        Bus.over(
            vertx,
            List.of(
                RoomsApi.CONTRACT,
                ModerationApi.CONTRACT,
                ReadersApi.CONTRACT,
                AccountsApi.CONTRACT,
                ContactsApi.CONTRACT,
                LogApi.CONTRACT));
    Await.of(bus.answer(LogApi.HEADS, this::heads));
    Await.of(bus.answer(LogApi.READ, this::read));
    Await.of(bus.answer(LogApi.LASTS, this::lasts));
    Await.of(bus.answer(LogApi.OWN, asked -> each(asked, 1)));
    Await.of(bus.answer(LogApi.MENTIONS, asked -> each(asked, 2)));
    RoomsVerticle rooms =
        new RoomsVerticle(
            bus,
            new PostgresRoomStore(pool, Clock.systemUTC()),
            new PostgresOutboxStore(pool),
            new PostgresReaderStore(pool),
            logs,
            Clock.systemUTC(),
            UUID::randomUUID,
            new RoomsConfig(List.of(), 1_000));
    Await.of(vertx.deployVerticle(rooms));
  }

  private static Future<LogApi.OwnFound> each(LogApi.Own asked, long count) {
    return Future.succeededFuture(
        new LogApi.OwnFound(asked.places().stream().map(place -> count).toList()));
  }

  @AfterAll
  void stop() {
    Await.of(vertx.close());
  }

  @BeforeEach
  void aRoomOfTwo() {
    ann = new Caller(new UserId(UUID.randomUUID()), "Ann");
    bob = new Caller(new UserId(UUID.randomUUID()), "Bob");
    room = create(RoomType.PUBLIC);
    Await.of(bus.ask(RoomsApi.JOIN, new RoomsApi.Join(bob, room)));
    heads.put(room.log(), 12L);
  }

  @Test
  void aMarkerMovesForwardAndTheRoomShowsIt() {
    assertThat(read(bob, 7)).isEqualTo(new Marked(room, 7, 5, Optional.of(0L)));

    Own own = get(bob).membership().orElseThrow();
    assertThat(own.read()).isEqualTo(7);
    assertThat(own.unread()).isEqualTo(10 - 5 - 1);
    assertThat(get(ann).membership().orElseThrow().read()).isEqualTo(1);
  }

  @Test
  void aMarkerStaysBetweenTheJoinAndTheHead() {
    assertThat(read(bob, 0).seq()).isEqualTo(2);
    assertThat(read(bob, 1).seq()).isEqualTo(2);
    assertThat(read(bob, 9_000)).isEqualTo(new Marked(room, 12, 10, Optional.of(0L)));
    assertThat(get(bob).membership().orElseThrow().unread()).isZero();
  }

  @Test
  void whatDoesNotMoveTheMarkerWritesNothingAndTellsNobody() {
    read(bob, 9);
    Awaitility.await().until(() -> !told(bob).isEmpty());
    String before = row(bob);
    int asked = reads.get();

    assertThat(read(bob, 9).seq()).isEqualTo(9);
    assertThat(read(bob, 3).seq()).isEqualTo(9);

    assertThat(row(bob)).isEqualTo(before);
    assertThat(reads.get()).isEqualTo(asked);
    read(ann, 5);
    Awaitility.await().until(() -> !told(ann).isEmpty());
    assertThat(told(bob)).hasSize(1);
  }

  @Test
  void manyAtOnceEndAtTheFurthest() {
    List<Future<Marked>> all =
        IntStream.of(5, 12, 3, 9, 12, 7, 11, 4)
            .mapToObj(
                seq ->
                    bus.ask(
                        RoomsApi.READ, new RoomsApi.Read(bob.user(), room, seq, Optional.empty())))
            .toList();
    Await.of(Future.all(all));

    assertThat(get(bob).membership().orElseThrow().read()).isEqualTo(12);
  }

  @Test
  void aPlaceWithoutAnEntryMovesNothing() {
    heads.put(room.log(), 200L);

    assertThat(read(bob, 100)).isEqualTo(new Marked(room, 2, 0, Optional.of(0L)));
  }

  @Test
  void otherDevicesHearHowFarOneHasRead() {
    read(bob, 6);
    read(bob, 8);

    Awaitility.await().until(() -> told(bob).stream().anyMatch(it -> it.get("seq").asLong() == 8));
    JsonNode last = told(bob).get(told(bob).size() - 1);
    assertThat(last)
        .hasToString(
            "{\"room\":\"%s\",\"seq\":8,\"marks\":0,\"head\":12,\"n\":10,\"unread\":3,\"mentions\":2}"
                .formatted(room));
    assertThat(told(ann)).isEmpty();
  }

  @Test
  void strangersMoveNoMarkerAndLearnNoMoreThanElsewhere() {
    Caller cem = new Caller(new UserId(UUID.randomUUID()), "Cem");
    RoomId secret = create(RoomType.PRIVATE);
    RoomId none = new RoomId(UUID.randomUUID());

    assertThat(reason(cem, room)).isEqualTo(Reason.NOT_MEMBER);
    assertThat(reason(cem, secret)).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(cem, none)).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void aNewHeadIsHintedToTheMembersOnly() {
    RoomId other = create(RoomType.PRIVATE);
    bus.tell(
        LogApi.MOVED,
        new LogApi.Moved(List.of(head(room.log()), head(other.log())), Optional.empty()));

    Awaitility.await().until(() -> hinted(ann, room) && hinted(ann, other) && hinted(bob, room));
    assertThat(hinted(bob, other)).isFalse();
    JsonNode hint = logs.told(bob.user(), "heads").get(0).get("rooms").get(0);
    assertThat(hint)
        .hasToString(
            "{\"room\":\"%s\",\"head\":12,\"n\":10,\"at\":\"1970-01-01T00:00:00.012Z\"}"
                .formatted(room));
  }

  @Test
  void roomsOfMoreThanFiveHundredAreNotHinted() {
    Await.of(
        pool.preparedQuery("update rooms set member_count = 501 where id = $1")
            .execute(Tuple.of(room.value())));
    RoomId small = create(RoomType.PRIVATE);
    bus.tell(LogApi.MOVED, new LogApi.Moved(List.of(head(room.log())), Optional.empty()));
    bus.tell(LogApi.MOVED, new LogApi.Moved(List.of(head(small.log())), Optional.empty()));

    Awaitility.await().until(() -> hinted(ann, small));
    assertThat(hinted(ann, room) || hinted(bob, room)).isFalse();
  }

  @Test
  void aRoomComesWithItsLastMessageAsFarAsItsViewerMaySee() {
    assertThat(text(get(ann))).isEqualTo("after 0");
    Await.of(
        pool.preparedQuery("update room_members set since = 5 where room = $1 and account = $2")
            .execute(Tuple.of(room.value(), bob.user().value())));

    assertThat(text(get(bob))).isEqualTo("after 4");
    assertThat(text(Await.of(bus.ask(RoomsApi.JOIN, new RoomsApi.Join(bob, room)))))
        .isEqualTo("after 4");
    assertThat(text(list(bob).get(0))).isEqualTo("after 4");
    Caller stranger = new Caller(new UserId(UUID.randomUUID()), "Cem");
    assertThat(get(stranger).last()).isEmpty();
  }

  @Test
  void aRoomWithoutMessagesHasNoLastOne() {
    heads.put(room.log(), 2L);

    assertThat(get(ann).last()).isEmpty();
  }

  private RoomId create(RoomType type) {
    String name = "room " + UUID.randomUUID();
    RoomId made = Await.of(bus.ask(RoomsApi.CREATE, new RoomsApi.Create(ann, name, "", type))).id();
    heads.put(made.log(), 12L);
    return made;
  }

  private Marked read(Caller by, long seq) {
    return Await.of(
        bus.ask(RoomsApi.READ, new RoomsApi.Read(by.user(), room, seq, Optional.empty())));
  }

  private Reason reason(Caller by, RoomId where) {
    return Await.failure(
            bus.ask(RoomsApi.READ, new RoomsApi.Read(by.user(), where, 5, Optional.empty())))
        .reason();
  }

  private RoomView get(Caller by) {
    return Await.of(bus.ask(RoomsApi.GET, new RoomsApi.Get(by, room)));
  }

  private List<RoomView> list(Caller by) {
    return Await.of(
            bus.ask(
                RoomsApi.LIST,
                new RoomsApi.ListRooms(by, false, Optional.empty(), Optional.empty(), 50)))
        .rooms();
  }

  private List<JsonNode> told(Caller who) {
    return logs.told(who.user(), "read");
  }

  private boolean hinted(Caller who, RoomId of) {
    return logs.told(who.user(), "heads").stream()
        .flatMap(body -> Stream.of(body.get("rooms")))
        .anyMatch(rooms -> rooms.findValuesAsText("room").contains(of.toString()));
  }

  /** The version of a row changes with every write of it. */
  private String row(Caller who) {
    return Await.of(
            pool.preparedQuery(
                    "select xmin::text from room_members where room = $1 and account = $2")
                .execute(Tuple.of(room.value(), who.user().value())))
        .iterator()
        .next()
        .getString(0);
  }

  private static String text(RoomView view) {
    return new String(view.last().orElseThrow().json().array(), StandardCharsets.UTF_8);
  }

  private Head head(LogId log) {
    long seq = heads.getOrDefault(log, 2L);
    return new Head(log, seq, seq - 2, seq, "");
  }

  private Future<LogApi.HeadsFound> heads(LogApi.Heads asked) {
    return Future.succeededFuture(
        new LogApi.HeadsFound(asked.logs().stream().map(this::head).toList()));
  }

  private Future<LogApi.Page> read(LogApi.Read asked) {
    reads.incrementAndGet();
    long seq = asked.through();
    Head head = head(asked.log());
    boolean stands = seq <= head.seq() && seq != 100;
    Encoded entry = encoded(asked.log(), seq, "{\"seq\":%d,\"n\":%d}".formatted(seq, seq - 2));
    return Future.succeededFuture(
        new LogApi.Page(stands ? List.of(entry) : List.of(), false, false, head));
  }

  private Future<LogApi.LastsFound> lasts(LogApi.Lasts asked) {
    return Future.succeededFuture(
        new LogApi.LastsFound(
            asked.places().stream()
                .map(place -> encoded(place.log(), 12, "after " + place.seq()))
                .toList()));
  }

  private static Encoded encoded(LogId log, long seq, String json) {
    return new Encoded(
        log, seq, new Bytes(json.getBytes(StandardCharsets.UTF_8)), Optional.empty());
  }
}
