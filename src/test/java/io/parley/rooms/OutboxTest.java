package io.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is owed to a log is brought there by one turn at a time, however many ask for it. */
class OutboxTest {
  private static final LogId LOG = LogId.room(UUID.randomUUID());

  private final List<OutboxStore.Pending> owed = new ArrayList<>();
  private final Deque<Promise<LogApi.Appended>> asked = new ArrayDeque<>();
  private int reads;
  private final Outbox outbox = new Outbox(new Owed(), new Asked(), Clock.systemUTC());

  @Test
  void whoeverAsksDuringAnOutageSharesOneTurnMore() {
    owe();
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(outbox.flush(LOG));
    }
    assertThat(reads).isEqualTo(1);

    refuse();
    assertThat(all.get(0).failed()).isTrue();
    assertThat(reads).isEqualTo(2);
    assertThat(all.subList(1, 1_000)).noneMatch(Future::isComplete);

    accept();
    assertThat(all.subList(1, 1_000)).allMatch(Future::succeeded);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void whatIsOwedSinceATurnBeganIsTakenByTheNext() {
    owe();
    Future<Void> first = outbox.flush(LOG);
    owe();
    Future<Void> second = outbox.flush(LOG);
    accept();
    assertThat(first.succeeded()).isTrue();
    assertThat(second.isComplete()).isFalse();

    owe();
    Future<Void> third = outbox.flush(LOG);
    accept();
    assertThat(second.succeeded()).isTrue();
    assertThat(third.isComplete()).isFalse();
    accept();
    assertThat(third.succeeded()).isTrue();
    assertThat(owed).isEmpty();
  }

  @Test
  void afterATurnEverythingBeginsAnew() {
    for (int i = 1; i <= 3; i++) {
      assertThat(outbox.flush(LOG).succeeded()).isTrue();
      assertThat(reads).isEqualTo(i);
    }
  }

  private void owe() {
    UUID id = UUID.randomUUID();
    UserId author = new UserId(UUID.randomUUID());
    Draft draft =
        new Draft(
            "join", author, "Ann", id.toString(), "{}", Optional.empty(), false, Optional.empty());
    owed.add(new OutboxStore.Pending(id, LOG, draft));
  }

  private void accept() {
    asked.remove().complete(new LogApi.Appended(1, 1, 1, "", "", false));
  }

  private void refuse() {
    asked.remove().fail(Failure.of(Reason.UNAVAILABLE, "out of reach"));
  }

  /** Logs that answer when the test says so. */
  private final class Asked implements LogClient {
    @Override
    public Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
      asked.add(Promise.promise());
      return asked.getLast().future();
    }

    @Override
    public Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
      throw new AssertionError("nobody reads here");
    }

    @Override
    public Future<Void> signal(LogId log, UserId user, String kind) {
      throw new AssertionError("nobody types here");
    }

    @Override
    public void tell(List<LogApi.Fleeting> notes) {
      throw new AssertionError("nobody is told");
    }

    @Override
    public Future<LogApi.Page> read(LogApi.Read read) {
      throw new AssertionError("nobody reads here");
    }
  }

  private final class Owed implements OutboxStore {
    @Override
    public Future<List<Pending>> of(LogId log, int limit) {
      reads++;
      return Future.succeededFuture(List.copyOf(owed));
    }

    @Override
    public Future<List<LogId>> olderThan(Instant time, int limit) {
      return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Void> settle(Pending pending, long seq, long n) {
      owed.remove(pending);
      return Future.succeededFuture();
    }
  }
}
