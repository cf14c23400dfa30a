package io.parley.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.config.PostgresConfig;
import io.parley.fixtures.Await;
import io.parley.fixtures.StoreProxy;
import io.parley.fixtures.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of two connections, a network that breaks, and a server that never answers again. */
class PostgresPoolTest {
  private static final Duration STATEMENT = Duration.ofMillis(500);
  private static final Duration PATIENCE = STATEMENT.plusMillis(500);
  private static final int SIZE = 2;

  private final Vertx vertx = Vertx.vertx();
  private StoreProxy network;
  private Pool pool;

  @BeforeEach
  void open() {
    PostgresConfig there = TestPostgres.database();
    network = StoreProxy.before(there.host(), there.port());
    PostgresConfig through =
        new PostgresConfig(
            "127.0.0.1",
            network.port(),
            there.database(),
            there.user(),
            there.password(),
            SIZE,
            STATEMENT);
    pool = PostgresPool.open(vertx, through);
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
    network.close();
  }

  @Test
  void aConnectionThatIsNeverAnsweredFailsItsQuestionAndFreesItsPlace() {
    everyConnection();
    network.strand();

    long begun = System.nanoTime();
    List<Future<Integer>> lost = List.of(server(), server());
    lost.forEach(question -> Await.failure(question));

    assertThat(since(begun)).isGreaterThanOrEqualTo(PATIENCE);
    awaitEveryConnection();
  }

  @Test
  void oneLostAnswerIsEnoughToMistrustAllThatAreSilent() {
    everyConnection();
    network.strand();

    Await.failure(server());

    awaitEveryConnection();
  }

  @Test
  void aConnectionThatIsNotGreetedFreesItsPlace() {
    network.hang();
    List<Future<Integer>> lost = List.of(server(), server());
    lost.forEach(question -> Await.failure(question));
    network.strand();
    network.go();

    Await.of(server());
  }

  @Test
  void whatWasLostInATransactionFreesItsPlaceToo() {
    Future<Void> lost =
        pool.withTransaction(
            connection -> {
              network.strand();
              return connection.query("select 1").execute().mapEmpty();
            });

    Await.failure(lost);

    awaitEveryConnection();
  }

  /**
   * One that is being closed just now may be given out once more, and fails at once; nothing is put
   * to one that is stranded.
   */
  private void awaitEveryConnection() {
    await()
        .ignoreExceptionsMatching(
            cause -> String.valueOf(cause.getMessage()).contains("not active"))
        .until(() -> everyConnection().size() == SIZE);
  }

  @Test
  void whatWasResetIsMadeAnew() {
    Set<Integer> before = everyConnection();
    network.cut();
    Await.failure(server());
    network.go();

    awaitEveryConnection();
    assertThat(everyConnection()).hasSize(SIZE).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aConnectionThatOwesNothingMayRest() {
    Set<Integer> before = everyConnection();

    Await.of(vertx.timer(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS));

    assertThat(everyConnection()).isEqualTo(before);
  }

  /** Which servers answer when as many ask as there are connections, each for a while. */
  private Set<Integer> everyConnection() {
    Set<Integer> servers = new HashSet<>();
    List<Future<Integer>> questions = IntStream.range(0, SIZE).mapToObj(each -> server()).toList();
    questions.forEach(question -> servers.add(Await.of(question)));
    return servers;
  }

  private Future<Integer> server() {
    return pool.query("select pg_backend_pid(), pg_sleep(0.1)")
        .execute()
        .map(rows -> rows.iterator().next())
        .map((Row row) -> row.getInteger(0));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
