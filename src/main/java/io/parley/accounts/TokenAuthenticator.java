package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccountsApi.Check;
import io.parley.accounts.AccountsApi.Checked;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Checks tokens on the spot and their sessions with accounts, no more than once in five seconds for
 * each session, however many ask at once.
 *
 * <p>One serves a whole node, on any thread. What cannot be checked is refused: nobody is let in
 * because accounts are out of reach.
 */
public final class TokenAuthenticator implements Authenticator {
  private static final long TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int SESSIONS_MAX = 200_000;

  private final Vertx vertx;
  private final Bus bus;
  private final AccessTokens tokens;
  private final LongSupplier nanoTime;
  private final MeterRegistry meters;
  private final Map<Check, Seen> sessions = new ConcurrentHashMap<>();
  private final Map<Check, Future<Seen>> asking = new ConcurrentHashMap<>();

  /**
   * Listens for the ends of sessions from now on.
   *
   * @param nanoTime monotonic, as {@link System#nanoTime}
   */
  public TokenAuthenticator(
      Vertx vertx, Bus bus, AccessTokens tokens, LongSupplier nanoTime, MeterRegistry meters) {
    this.vertx = vertx;
    this.bus = bus;
    this.tokens = tokens;
    this.nanoTime = nanoTime;
    this.meters = meters;
    bus.hear(AccountsApi.SESSION_ENDED, ended -> end(new Check(ended.user(), ended.session())));
  }

  /** What was found out about a session, and when. */
  private record Seen(String name, Role role, boolean living, long at) {}

  @Override
  public Future<Identity> authenticate(String accessToken) {
    return tokens
        .verify(accessToken)
        .compose(this::identity)
        .onFailure(cause -> AuthFailures.count(meters, reason(cause)));
  }

  private Future<Identity> identity(AccessTokens.Claims claims) {
    return seen(new Check(claims.user(), claims.session()))
        .map(
            seen ->
                new Identity(
                    claims.user(), seen.name(), claims.session(), claims.expiresAt(), seen.role()));
  }

  private Future<Seen> seen(Check check) {
    Seen seen = sessions.get(check);
    if (seen == null || old(seen)) {
      return share(check);
    }
    return seen.living() ? Future.succeededFuture(seen) : Future.failedFuture(revoked());
  }

  /** All who ask for one session while an answer is under way share it, each on its own context. */
  private Future<Seen> share(Check check) {
    Promise<Seen> fresh = Promise.promise();
    Future<Seen> running = asking.putIfAbsent(check, fresh.future());
    if (running == null) {
      ask(check).onComplete(fresh);
    }
    Promise<Seen> mine = Promise.promise();
    Context here = vertx.getOrCreateContext();
    (running == null ? fresh.future() : running)
        .onComplete(answer -> here.runOnContext(back -> mine.handle(answer)));
    return mine.future();
  }

  private Future<Seen> ask(Check check) {
    long asked = nanoTime.getAsLong();
    return bus.ask(AccountsApi.CHECK, check)
        .map(checked -> remember(check, living(checked, asked)))
        .onFailure(cause -> rememberEnd(check, cause))
        .onComplete(answer -> asking.remove(check));
  }

  private static Seen living(Checked checked, long asked) {
    return new Seen(checked.name(), checked.role().orElse(Role.USER), true, asked);
  }

  /** An end that was heard while the answer was under way counts more than the answer. */
  private Seen remember(Check check, Seen fresh) {
    makeRoom();
    Seen kept = sessions.merge(check, fresh, (known, more) -> ended(known) ? known : more);
    if (!kept.living()) {
      throw revoked();
    }
    return kept;
  }

  private void rememberEnd(Check check, Throwable cause) {
    if (Failure.from(cause).reason() == Reason.SESSION_REVOKED) {
      end(check);
    }
  }

  private void end(Check check) {
    makeRoom();
    sessions.put(check, new Seen("", Role.USER, false, nanoTime.getAsLong()));
  }

  private boolean ended(Seen seen) {
    return !seen.living() && !old(seen);
  }

  private void makeRoom() {
    if (sessions.size() < SESSIONS_MAX) {
      return;
    }
    sessions.values().removeIf(this::old);
    if (sessions.size() >= SESSIONS_MAX) {
      sessions.clear();
    }
  }

  private boolean old(Seen seen) {
    return nanoTime.getAsLong() - seen.at() >= TRUSTED_NANOS;
  }

  private static Failure revoked() {
    return Failure.of(Reason.SESSION_REVOKED, "the session has ended; sign in again");
  }

  private static String reason(Throwable cause) {
    return switch (Failure.from(cause).reason()) {
      case TOKEN_EXPIRED -> "expired";
      case SESSION_REVOKED -> "revoked";
      case UNAUTHENTICATED -> "token";
      default -> "unchecked";
    };
  }
}
