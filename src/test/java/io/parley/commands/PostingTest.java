package io.parley.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.ScriptedRates;
import io.parley.limits.Rate;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostingTest {
  private static final int EACH = 3;
  private static final LogId ROOM = LogId.room(UUID.randomUUID());
  private static final UserId ADA = new UserId(UUID.randomUUID());
  private static final UserId BEN = new UserId(UUID.randomUUID());

  private final ScriptedRates rates = new ScriptedRates(EACH);
  private final List<String> appended = new ArrayList<>();
  private final Posting posting = new Posting(new Logs(), new Pace(rates), Duration.ofSeconds(5));

  private Future<LogApi.Appended> post(UserId author, String cid) {
    return posting.append(
        ROOM,
        new Draft("message", author, "Ada", cid, "{}", Optional.empty(), true, Optional.empty()));
  }

  @Test
  void whoIsTooFastIsToldToSendItAgainLater() {
    for (int i = 0; i < EACH; i++) {
      Await.of(post(ADA, "c" + i));
    }
    Failure refused = Await.failure(post(ADA, "c3"));

    assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(refused.details()).containsEntry("retryAfterMs", "2500");
    assertThat(appended).containsExactly("c0", "c1", "c2");
  }

  @Test
  void whatStoodAlreadyCostsNothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(Await.of(post(ADA, "again")).duplicate()).isTrue();
    }

    assertThat(rates.taken(Rate.USER_MESSAGES, ADA.value())).isZero();
    assertThat(rates.taken(Rate.ALL_MESSAGES, "everybody")).isZero();
  }

  @Test
  void beyondTheCeilingOfAllNobodyIsChargedForTheRefusal() {
    for (int i = 0; i < EACH; i++) {
      Await.of(post(ADA, "c" + i));
    }

    assertThat(Await.failure(post(BEN, "c")).reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(rates.taken(Rate.USER_MESSAGES, BEN.value())).isZero();
  }

  /** Appends nothing; the cid {@code again} stood already. */
  private final class Logs implements LogClient {
    @Override
    public Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
      appended.add(draft.cid());
      boolean again = draft.cid().equals("again");
      return Future.succeededFuture(new LogApi.Appended(1, 1, 0, "cursor", "id", again));
    }

    @Override
    public Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> signal(LogId log, UserId user, String kind) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void tell(List<LogApi.Fleeting> notes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<LogApi.Page> read(LogApi.Read read) {
      throw new UnsupportedOperationException();
    }
  }
}
