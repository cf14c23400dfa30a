package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.ExportStore;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresExportStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration RUNNING = Duration.ofMinutes(15);

  private static Vertx vertx;
  private static Pool pool;

  private UserId ana;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    pool = PostgresPool.open(vertx, TestPostgres.database());
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  @BeforeEach
  void person() {
    ana = new UserId(UUID.randomUUID());
    NewAccount account = new NewAccount(ana, "Ana", List.of(), NOW);
    Await.of(new PostgresAccountStore(pool).registerAll(List.of(account), List.of()));
  }

  private static ExportStore store() {
    return new PostgresExportStore(pool);
  }

  private Duration begin(Instant at) {
    return Await.of(store().begin(ana, at, 3, RUNNING));
  }

  @Test
  void oneRunsAtATimeHoweverManyBegin() {
    List<Future<Duration>> begun =
        IntStream.range(0, 8).mapToObj(i -> store().begin(ana, NOW, 3, RUNNING)).toList();
    Await.of(Future.all(begun));

    assertThat(begun.stream().map(Future::result).filter(Duration::isZero)).hasSize(1);
    assertThat(begin(NOW.plusSeconds(60))).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    assertThat(begin(NOW.plus(RUNNING))).as("one that never ended").isZero();
  }

  @Test
  void anHourHasSoManyAndTheNextAsManyAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(begin(NOW.plusSeconds(i))).isZero();
      Await.of(store().end(ana));
    }

    assertThat(begin(NOW.plusSeconds(600))).isEqualTo(Duration.ofMinutes(50));
    assertThat(begin(NOW.plusSeconds(3_600))).isZero();
  }
}
