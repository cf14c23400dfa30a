package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPool;
import io.parley.log.LogId;
import io.parley.log.LogStore.Strand;
import io.parley.log.Mentions;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How PostgreSQL counts threads: along their index, without a look at what was said. */
class PostgresThreadPlanTest {
  private static final int ENTRIES = 20_000;
  private static final UserId READER = new UserId(new UUID(7, 7));
  private static final LogId ROOM = LogId.room(new UUID(8, 8));

  @RegisterExtension static final TestPool POOL = new TestPool();

  /** Of the messages of a room each second is in the thread of the first, by one of ten. */
  @BeforeAll
  static void fill() {
    run(
        """
        insert into log_entries (log, id, author, digest, seq, n, at, target, scope, shard,
                                 countable, kind, author_name, cid, body)
        select '%s', gen_random_uuid(), ('00000000-0000-0007-0000-00000000000' || seq %% 10)::uuid,
               gen_random_uuid(), seq, 1, seq, case when seq %% 2 = 1 and seq > 1 then 1 end, 0, 0,
               seq %% 2 = 0, 'message', 'Ann', seq::text, '{"text":"hi"}'
          from generate_series(1, %d) seq"""
            .formatted(ROOM.id(), ENTRIES));
    run("vacuum analyze log_entries");
  }

  private static void run(String sql) {
    Await.of(POOL.get().query(sql).execute());
  }

  private static String plan(String sql, Tuple values) {
    StringBuilder plan = new StringBuilder();
    Await.of(POOL.get().preparedQuery("explain " + sql).execute(values))
        .forEach(row -> plan.append(row.getString(0)).append('\n'));
    return plan.toString();
  }

  private static Tuple asked() {
    return PostgresThreads.strands(List.of(new Strand(ROOM, 1, READER, ENTRIES - 200, ENTRIES)));
  }

  @Test
  void whatIsTheReadersOwnIsCountedAlongTheIndexOfTheThread() {
    String plan = plan(PostgresThreads.TALLIES, asked().addUUID(Mentions.EVERYBODY.value()));

    assertThat(plan.substring(0, plan.indexOf("SubPlan 2")))
        .contains("Index Only Scan using log_entries_thread on log_entries")
        .doesNotContain("Index Scan using");
  }

  @Test
  void theLengthOfAThreadIsCountedAlongItsIndex() {
    assertThat(plan(PostgresThreads.LENGTHS, asked()))
        .contains("Index Only Scan using log_entries_thread on log_entries");
  }
}
