package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPool;
import io.parley.json.Json;
import io.parley.rooms.RoomId;
import io.parley.search.SearchStore.Wanted;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How PostgreSQL finds messages: along indexes, and without a look at what was said in rooms that
 * are not the reader's. 200 rooms have 200 messages each, all of which say the same; the reader is
 * in two of them.
 */
class PostgresSearchPlanTest {
  private static final int ROOMS = 200;
  private static final int EACH = 200;
  private static final UserId READER = new UserId(new UUID(7, 7));

  @RegisterExtension static final TestPool POOL = new TestPool();

  @BeforeAll
  static void fill() {
    run(
        """
        insert into rooms (id, type, name, name_key, description, created_at, version,
                           member_count)
        select gen_random_uuid(), 'private', n::text, n::text, '', now(), 1, 1
          from generate_series(1, %d) n"""
            .formatted(ROOMS));
    run("insert into search_rooms (room) select id from rooms order by name::int");
    run(
        """
        insert into search_messages (room, seq, at, rev, author, link, deleted, terms)
        select n.number, seq, seq, 0, '%s', true, false,
               ('''' || n.number || '.tea'':1 ''' || n.number || '.' || seq || ''':2')::tsvector
          from search_rooms n cross join generate_series(1, %d) seq"""
            .formatted(READER, EACH));
    run(
        """
        insert into room_members (room, account, role, joined_at, since, version, read_seq, read_n)
        select room, '%s', 'member', now(), 0, 1, 0, 0 from search_rooms where number in (5, 50)"""
            .formatted(READER));
    run("analyze");
  }

  private static void run(String sql) {
    Await.of(POOL.get().query(sql).execute());
  }

  private static Wanted wanted(Optional<String> query, boolean ranked) {
    return new Wanted(
        READER,
        query,
        Optional.empty(),
        query.isPresent() ? Optional.empty() : Optional.of(List.of(READER)),
        query.isPresent(),
        0,
        Long.MAX_VALUE,
        ranked,
        Optional.empty(),
        21);
  }

  @Test
  void wordsAreFoundAlongTheirIndexInTheReadersRoomsOnly() {
    for (String query : List.of("('~tea')", "('~tea') & !('~7')", "('~te':*)")) {
      for (boolean ranked : List.of(true, false)) {
        List<JsonNode> scans = scans(wanted(Optional.of(query), ranked));
        assertThat(scans)
            .as(query)
            .isNotEmpty()
            .allMatch(scan -> !scan.path("Node Type").asText().equals("Seq Scan"))
            .allSatisfy(scan -> assertThat(touched(scan)).isLessThanOrEqualTo(2.0 * EACH));
        assertThat(scans.toString()).contains("search_messages_terms");
      }
    }
  }

  @Test
  void messagesOfSomebodyAreFoundAlongTheirIndexAndNoMoreThanAPage() {
    List<JsonNode> scans = scans(wanted(Optional.empty(), false));

    assertThat(scans)
        .isNotEmpty()
        .allMatch(scan -> !scan.path("Node Type").asText().equals("Seq Scan"))
        .allSatisfy(scan -> assertThat(touched(scan)).isLessThanOrEqualTo(2.0 * 21));
  }

  @Test
  void aReaderWithoutSuchARoomIsAnsweredWithoutALookAtAnyMessage() {
    Wanted nowhere =
        new Wanted(
            READER,
            Optional.of("('~tea')"),
            Optional.of(List.of(new RoomId(new UUID(1, 1)))),
            Optional.empty(),
            false,
            0,
            Long.MAX_VALUE,
            false,
            Optional.empty(),
            21);

    assertThat(scans(nowhere)).allMatch(scan -> touched(scan) == 0);
  }

  /** How many rows a scan has given, or has looked at and left. */
  private static double touched(JsonNode scan) {
    double loops = scan.path("Actual Loops").asDouble();
    return loops
        * (scan.path("Actual Rows").asDouble()
            + scan.path("Rows Removed by Filter").asDouble()
            + scan.path("Rows Removed by Index Recheck").asDouble());
  }

  /** All that reads the table of messages or one of its indexes. */
  private static List<JsonNode> scans(Wanted wanted) {
    PostgresSearchQueries query = new PostgresSearchQueries(wanted);
    Tuple values = query.values();
    String plan =
        Await.of(
                POOL.get()
                    .preparedQuery("explain (analyze, format json) " + query.sql())
                    .execute(values))
            .iterator()
            .next()
            .getValue(0)
            .toString();
    List<JsonNode> scans = new ArrayList<>();
    collect(Json.object(plan.substring(1, plan.lastIndexOf(']'))).path("Plan"), scans);
    return scans;
  }

  private static void collect(JsonNode node, List<JsonNode> scans) {
    boolean table = node.path("Relation Name").asText().equals("search_messages");
    if (table || node.path("Index Name").asText().startsWith("search_messages")) {
      scans.add(node);
    }
    node.path("Plans").forEach(child -> collect(child, scans));
  }
}
