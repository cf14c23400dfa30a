package io.parley.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.config.RedisConfig;
import io.parley.config.Secret;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisLinkTest {
  private final Vertx vertx = Vertx.vertx();
  private final TestRedis redis = new TestRedis();
  private final RedisLink link = Await.of(RedisLink.open(vertx, redis.config()));

  @AfterEach
  void close() {
    Await.of(link.close());
    Await.of(vertx.close());
    redis.close();
  }

  @Test
  void commandsAreAnsweredInOrderThroughOneConnection() {
    List<Future<Optional<Response>>> answers = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      answers.add(link.send(Request.cmd(Command.INCR).arg("counter")));
    }
    for (int i = 0; i < 5000; i++) {
      assertThat(Await.of(answers.get(i)).orElseThrow().toInteger()).isEqualTo(i + 1);
    }
    Response clients = Await.of(link.send(Request.cmd(Command.CLIENT).arg("LIST"))).orElseThrow();
    assertThat(clients.toString().lines()).hasSize(1);
    assertThat(Await.of(link.send(Request.cmd(Command.GET).arg("nothing")))).isEmpty();
  }

  @Test
  void moreThanItsShareOfWaitingCommandsIsRefusedAtOnce() {
    RedisLink narrow = Await.of(RedisLink.open(vertx, redis.config(), 100));
    redis.freeze();
    List<Future<Void>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(narrow.ping());
    }
    Future<Void> refused = narrow.ping();
    assertThat(refused.isComplete()).isTrue();
    assertThat(Failure.from(refused.cause()).reason()).isEqualTo(Reason.OVERLOADED);
    redis.thaw();
    Await.of(Future.join(waiting).otherwiseEmpty());
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(Await.of(narrow.ping())).isNull());
    Await.of(narrow.close());
  }

  @Test
  void aWrongCommandIsToldAndTheConnectionStays() {
    Await.of(link.send(Request.cmd(Command.SET).arg("text").arg("abc")));
    Future<Optional<Response>> wrong = link.send(Request.cmd(Command.INCR).arg("text"));
    await().until(wrong::isComplete);
    assertThat(wrong.cause()).hasMessageContaining("not an integer");
    Await.of(link.ping());
  }

  @Test
  void afterAKillItSaysSoAtOnceAndComesBackByItself() {
    redis.kill();
    await().until(() -> reason().equals(Optional.of(Reason.UNAVAILABLE)));
    assertThat(Await.failure(link.ping()).detail()).startsWith("Redis is not available: ");
    redis.start();
    await().atMost(Duration.ofSeconds(10)).until(() -> reason().isEmpty());
  }

  @Test
  void aFrozenServerIsGivenUpAfterASecondAndFoundAgain() {
    redis.freeze();
    assertThat(Await.failure(link.ping()).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(Await.failure(link.ping()).reason()).isEqualTo(Reason.UNAVAILABLE);
    redis.thaw();
    await().atMost(Duration.ofSeconds(15)).until(() -> reason().isEmpty());
  }

  @Test
  void aWrongPasswordAndAMissingServerAreToldInWords() {
    RedisConfig right = redis.config();
    RedisLink guessing =
        Await.of(
            RedisLink.open(vertx, new RedisConfig(right.host(), right.port(), new Secret("no"))));
    assertThat(Await.failure(guessing.ping()).detail()).contains("WRONGPASS");
    RedisLink nowhere =
        Await.of(RedisLink.open(vertx, new RedisConfig("127.0.0.1", FreePorts.one(), Secret.NONE)));
    assertThat(Await.failure(nowhere.ping()).detail()).contains("refused");
    Await.of(guessing.close());
    Await.of(nowhere.close());
  }

  private Optional<Reason> reason() {
    try {
      Await.of(link.ping());
      return Optional.empty();
    } catch (RuntimeException cause) {
      return Optional.of(Failure.from(cause).reason());
    }
  }
}
