package io.parley.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.audit.AuditApi.Noted;
import io.parley.audit.AuditApi.Query;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditWriterTest {
  private static final UUID ANA = UUID.randomUUID();

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Slow store = new Slow();
  private final AuditWriter writer =
      new AuditWriter(vertx, store, Clock.systemUTC(), UUID::randomUUID, meters);

  /** A store that answers when it is told. */
  private static final class Slow implements AuditStore {
    private final List<List<AuditEntry>> asked = new CopyOnWriteArrayList<>();
    private final List<Promise<Void>> answers = new CopyOnWriteArrayList<>();

    @Override
    public Future<Void> add(List<AuditEntry> entries) {
      Promise<Void> answer = Promise.promise();
      asked.add(entries);
      answers.add(answer);
      return answer.future();
    }

    Promise<Void> write(int number) {
      await().until(() -> answers.size() >= number);
      return answers.get(number - 1);
    }

    @Override
    public Future<List<Noted>> read(Query query, Optional<Place> before, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Integer> forget(Instant before, Instant addressesBefore, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private List<AuditEntry> noted(int count) {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AuditEntry entry = writer.own(Act.SIGNED_IN, ANA);
      entries.add(entry);
      writer.note(entry);
    }
    return entries;
  }

  private double dropped(String reason) {
    return meters.counter("parley.audit.dropped", "reason", reason).count();
  }

  private double waiting() {
    return meters.get("parley.audit.waiting").gauge().value();
  }

  @Test
  void whatComesWhileOneIsWrittenIsWrittenTogether() {
    List<AuditEntry> entries = noted(301);

    store.write(1).complete();
    store.write(2).complete();
    store.write(3).complete();

    assertThat(store.asked.get(0)).isEqualTo(entries.subList(0, 1));
    assertThat(store.asked.get(1)).isEqualTo(entries.subList(1, 201));
    assertThat(store.asked.get(2)).isEqualTo(entries.subList(201, 301));
    await().until(() -> waiting() == 0);
  }

  @Test
  void nothingIsLostWhileTheStoreIsAway() {
    List<AuditEntry> entries = noted(3);

    store.write(1).fail(Failure.of(Reason.UNAVAILABLE, "away"));
    store.write(2).complete();

    assertThat(store.asked.get(1)).isEqualTo(entries);
    await().until(() -> waiting() == 0);
    assertThat(dropped("refused")).isZero();
  }

  @Test
  void onlyTheCulpritIsDropped() {
    List<AuditEntry> entries = noted(4);
    store.write(1).complete();
    store.write(2).fail(new IllegalStateException("no"));

    store.write(3).complete();
    store.write(4).fail(new IllegalStateException("still no"));
    store.write(5).complete();

    await().until(() -> waiting() == 0);
    assertThat(store.asked.subList(2, 5))
        .containsExactly(List.of(entries.get(1)), List.of(entries.get(2)), List.of(entries.get(3)));
    assertThat(dropped("refused")).isOne();
  }

  @Test
  void whatIsBeyondTheBoundIsCountedAndNothingElseIsLost() {
    noted(10_007);

    assertThat(dropped("overload")).isEqualTo(7);
    assertThat(waiting()).isEqualTo(10_000);
  }

  @Test
  void finishingWaitsForWhatWasNotedButNotForEver() {
    noted(1);
    Future<Void> finished = writer.finish(Duration.ofMinutes(1));
    assertThat(finished.isComplete()).isFalse();
    store.write(1).complete();
    Await.of(finished);

    noted(1);
    Await.of(writer.finish(Duration.ofMillis(50)));
    assertThat(waiting()).isOne();
  }

  @Test
  void whatWaitsIsWrittenThoughTheVerticleThatNotedItIsGone() {
    VerticleBase noting =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            noted(1);
            store.write(1).fail(Failure.of(Reason.UNAVAILABLE, "away"));
            return Future.succeededFuture();
          }
        };
    Await.of(vertx.undeploy(Await.of(vertx.deployVerticle(noting))));

    store.write(2).complete();
    await().until(() -> waiting() == 0);
  }
}
