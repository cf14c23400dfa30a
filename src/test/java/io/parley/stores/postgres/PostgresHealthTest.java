package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.parley.config.PostgresConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresHealthTest {
  private final Vertx vertx = Vertx.vertx();
  private final PostgresConfig config = TestPostgres.database();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void aDatabaseThatAnswersTellsItsTime() {
    PostgresHealth health = new PostgresHealth(PostgresPool.open(vertx, config));
    assertThat(Await.of(health.time())).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    Instant earlier = Await.of(health.time());
    assertThat(Await.of(health.time())).isAfter(earlier);
  }

  @Test
  void aDatabaseThatIsNotThereIsToldInWords() {
    PostgresConfig nowhere =
        new PostgresConfig(
            config.host(),
            FreePorts.one(),
            config.database(),
            config.user(),
            config.password(),
            config.poolSize(),
            config.statementTimeout());
    PostgresHealth health = new PostgresHealth(PostgresPool.open(vertx, nowhere));
    assertThat(Await.failure(health.time()).detail())
        .startsWith("the database is not available: ")
        .contains("refused");
  }
}
