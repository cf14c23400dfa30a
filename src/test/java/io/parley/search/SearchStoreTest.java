package io.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPool;
import io.parley.rooms.RoomId;
import io.parley.search.SearchStore.Hit;
import io.parley.search.SearchStore.Indexed;
import io.parley.search.SearchStore.Spot;
import io.parley.search.SearchStore.Wanted;
import io.parley.stores.postgres.PostgresSearchStore;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The index in a real PostgreSQL. */
class SearchStoreTest {
  @RegisterExtension static final TestPool POOL = new TestPool();

  private final UserId ann = user();
  private final UserId ben = user();
  private SearchStore store;
  private RoomId kitchen;
  private RoomId attic;

  @BeforeEach
  void rooms() {
    store = new PostgresSearchStore(POOL.get());
    kitchen = room("kitchen");
    attic = room("attic");
    member(kitchen, ann, 0);
    member(attic, ann, 0);
  }

  private static UserId user() {
    return new UserId(UuidCreator.getTimeOrderedEpoch());
  }

  private static RoomId room(String name) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    Await.of(
        POOL.get()
            .preparedQuery(
                """
                insert into rooms (id, type, name, name_key, description, created_at, version,
                                   member_count)
                values ($1, 'private', $2, $2, '', now(), 1, 1)""")
            .execute(Tuple.of(id, name)));
    return new RoomId(id);
  }

  private static void member(RoomId room, UserId user, long since) {
    Await.of(
        POOL.get()
            .preparedQuery(
                """
                insert into room_members (room, account, role, joined_at, since, version, read_seq,
                                          read_n)
                values ($1, $2, 'member', now(), $3, 1, 0, 0)""")
            .execute(Tuple.of(room.value(), user.value(), since)));
  }

  private static Indexed said(RoomId room, long seq, UserId author, String text) {
    return revised(room, seq, 0, author, text);
  }

  private static Indexed revised(RoomId room, long seq, long rev, UserId author, String text) {
    return new Indexed(
        room, seq, 1_000 + seq, rev, author, Words.linked(text), false, Words.of(text));
  }

  private static Indexed deleted(RoomId room, long seq, long rev, UserId author) {
    return new Indexed(room, seq, 1_000 + seq, rev, author, false, true, "");
  }

  private void put(Indexed... rows) {
    Await.of(store.put(List.of(rows), false));
  }

  private Wanted wanted(UserId reader, String text) {
    Query query = Query.parse(text);
    return new Wanted(
        reader,
        query.worded() ? Optional.of(Words.query(query.terms())) : Optional.empty(),
        Optional.empty(),
        query.from().isEmpty() ? Optional.empty() : Optional.of(List.of(reader)),
        query.link(),
        query.since(),
        query.until(),
        false,
        Optional.empty(),
        100);
  }

  private List<Long> found(UserId reader, String text) {
    return Await.of(store.find(wanted(reader, text))).stream()
        .map(hit -> hit.spot().seq())
        .toList();
  }

  @Test
  void wordsAreFoundNewestFirst() {
    put(
        said(kitchen, 1, ann, "green tea"),
        said(kitchen, 2, ann, "black coffee"),
        said(attic, 3, ben, "Tea, again"));

    assertThat(found(ann, "tea")).containsExactly(3L, 1L);
    assertThat(found(ann, "\"green tea\"")).containsExactly(1L);
    assertThat(found(ann, "tea -green")).containsExactly(3L);
    assertThat(found(ann, "cof")).containsExactly(2L);
    assertThat(found(ann, "from:me tea")).containsExactly(1L);
    assertThat(found(ann, "from:me")).containsExactly(2L, 1L);
  }

  @Test
  void whateverIsSaidIsFoundInItsOwnWords() {
    String text = "Crème 東京タワー o'neil \\ ~ ' : ! 서울 नमस्ते \uD83C\uDF75 " + "w".repeat(300);
    put(said(kitchen, 1, ann, text));

    for (String query :
        List.of("creme", "京タワ", "ワ", "ー", "O'Neil", "서", "नमस्ते", "\uD83C\uDF75", "www")) {
      assertThat(found(ann, query)).as(query).containsExactly(1L);
    }
  }

  @Test
  void nobodyFindsWhatIsSaidInOtherRoomsNorWhatWasBeforeTheirTime() {
    put(said(kitchen, 1, ann, "secret tea"), said(kitchen, 2, ann, "open tea"));
    UserId late = user();
    member(kitchen, late, 2);

    assertThat(found(ben, "tea")).isEmpty();
    assertThat(found(ben, "from:me")).isEmpty();
    assertThat(found(late, "tea")).containsExactly(2L);
    assertThat(Await.of(store.readable(late, List.of(kitchen, attic)))).containsOnlyKeys(kitchen);
  }

  @Test
  void olderStatesNeverReplaceNewerOnesAndWhatIsDeletedStaysSo() {
    put(revised(kitchen, 1, 7, ann, "now it is tea"));
    put(revised(kitchen, 1, 5, ann, "it was coffee"));
    assertThat(found(ann, "tea")).containsExactly(1L);
    assertThat(found(ann, "coffee")).isEmpty();

    put(deleted(kitchen, 1, 9, ann));
    put(revised(kitchen, 1, 7, ann, "now it is tea"));
    assertThat(found(ann, "tea")).isEmpty();
    assertThat(found(ann, "from:me")).isEmpty();
    assertThat(words(kitchen)).isEqualTo("");
  }

  private static String words(RoomId room) {
    return Await.of(
            POOL.get()
                .preparedQuery(
                    """
                    select string_agg(s.terms::text, ' ') as terms
                      from search_messages s join search_rooms n on n.number = s.room
                     where n.room = $1""")
                .execute(Tuple.of(room.value())))
        .iterator()
        .next()
        .getString("terms");
  }

  @Test
  void whatIsMadeAnewReplacesWhatIsJustAsNew() {
    put(revised(kitchen, 1, 3, ann, "teh"));
    Await.of(store.put(List.of(revised(kitchen, 1, 3, ann, "tea")), true));
    Await.of(store.put(List.of(revised(kitchen, 1, 2, ann, "old")), true));

    assertThat(found(ann, "tea")).containsExactly(1L);
    assertThat(found(ann, "old")).isEmpty();
  }

  @Test
  void linksAndDaysNarrowIt() {
    put(
        said(kitchen, 1, ann, "see https://example.org"),
        said(kitchen, 2, ann, "see http:// nowhere"));

    assertThat(found(ann, "has:link")).containsExactly(1L);
    assertThat(found(ann, "see has:link")).containsExactly(1L);
    assertThat(found(ann, "see on:1970-01-01")).containsExactly(2L, 1L);
    assertThat(found(ann, "see after:1970-01-01")).isEmpty();
    assertThat(found(ann, "from:me before:1970-01-01")).isEmpty();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetitionInBothOrders() {
    List<Indexed> rows = new ArrayList<>();
    LongStream.rangeClosed(1, 30)
        .forEach(
            seq -> {
              String text = "tea ".repeat((int) (seq % 3) + 1) + "and more ".repeat((int) seq % 5);
              rows.add(said(seq % 2 == 0 ? kitchen : attic, seq, ann, text));
            });
    Await.of(store.put(rows, false));

    for (boolean ranked : List.of(true, false)) {
      for (String query : List.of("tea", "from:me")) {
        List<Spot> whole = spots(paged(query, ranked && !query.startsWith("from"), 100));
        assertThat(whole).hasSize(30).doesNotHaveDuplicates();
        assertThat(spots(paged(query, ranked && !query.startsWith("from"), 7))).isEqualTo(whole);
      }
    }
    assertThat(spots(paged("tea", true, 100)).get(0).rank()).isGreaterThan(0);
  }

  private List<Hit> paged(String text, boolean ranked, int limit) {
    List<Hit> all = new ArrayList<>();
    Optional<Spot> after = Optional.empty();
    while (true) {
      Wanted all100 = wanted(ann, text);
      Wanted page =
          new Wanted(
              ann,
              all100.query(),
              Optional.of(List.of(kitchen, attic)),
              all100.authors(),
              false,
              all100.since(),
              all100.until(),
              ranked,
              after,
              limit);
      List<Hit> hits = Await.of(store.find(page));
      all.addAll(hits);
      if (hits.size() < limit) {
        return all;
      }
      after = Optional.of(hits.get(hits.size() - 1).spot());
    }
  }

  private static List<Spot> spots(List<Hit> hits) {
    return hits.stream().map(Hit::spot).toList();
  }

  @Test
  void roomsOfOnesOwnAreKnownByName() {
    assertThat(Await.of(store.called(ann, "kitchen", 10))).containsExactly(kitchen);
    assertThat(Await.of(store.called(ben, "kitchen", 10))).isEmpty();
  }

  @Test
  void makingItAnewGoesOnWhereItHasEnded() {
    assertThat(Await.of(store.rebuilding())).isEmpty();
    Await.of(store.rebuilt(kitchen));
    assertThat(Await.of(store.rebuilding())).contains(kitchen);
    assertThat(Await.of(store.rooms(Optional.of(kitchen), 1_000))).contains(attic);
    assertThat(Await.of(store.progress(Optional.of(kitchen))).done()).isPositive();
    Await.of(store.rebuilt());
    assertThat(Await.of(store.rebuilding())).isEmpty();
  }
}
