package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.accounts.SessionStore.Refreshed;
import io.parley.bus.Bus;
import io.parley.config.AuthConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Sessions: how long somebody stays signed in.
 *
 * <p>A session lives as long as it is refreshed in time, up to a ceiling. Each refresh token is
 * good once; of two uses at once exactly one succeeds, so that there is never a second family.
 */
public final class Sessions {
  private static final int DEVICE_MAX = 200;
  private static final int FORGOTTEN_AT_ONCE = 2_000;

  private final SessionStore store;
  private final AccessTokens tokens;
  private final AuthConfig config;
  private final Bus bus;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final SecureRandom random;
  private final MeterRegistry meters;

  /**
   * @param ids makes UUIDv7s
   */
  public Sessions(
      SessionStore store,
      AccessTokens tokens,
      AuthConfig config,
      Bus bus,
      Clock clock,
      Supplier<UUID> ids,
      SecureRandom random,
      MeterRegistry meters) {
    this.store = store;
    this.tokens = tokens;
    this.config = config;
    this.bus = bus;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    this.meters = meters;
  }

  /** A session to be remembered, with the token that only its client will know. */
  record Opening(NewSession session, RefreshToken token) {}

  /** Prepares a session; it begins when a store remembers it. */
  Opening opening(UserId user, String device) {
    Instant now = now();
    Instant end = now.plus(config.refreshLifetime());
    RefreshToken token = RefreshToken.fresh(random);
    NewToken stored = new NewToken(token.hash(), earlier(now.plus(config.refreshToken()), end));
    SessionId id = new SessionId(ids.get());
    return new Opening(new NewSession(id, user, label(device), now, end, stored), token);
  }

  /** Begins a session of an account that exists. */
  Future<Void> open(Opening opening) {
    return store.open(opening.session());
  }

  /** What the client of a session that has begun is told. */
  SignedIn begun(Account account, Opening opening) {
    NewSession session = opening.session();
    return signedIn(
        account, session.id(), session.expiresAt(), opening.token(), session.token().expiresAt());
  }

  /** Answers {@link AccountsApi#REFRESH}. */
  public Future<SignedIn> refresh(AccountsApi.Refresh request) {
    Instant now = now();
    RefreshToken next = RefreshToken.fresh(random);
    NewToken stored = new NewToken(next.hash(), now.plus(config.refreshToken()));
    return RefreshToken.parse(request.refreshToken())
        .map(used -> store.refresh(used.hash(), stored, now))
        .orElse(Future.succeededFuture(Optional.empty()))
        .map(refreshed -> refreshed.orElseThrow(this::refused))
        .map(refreshed -> refreshed(refreshed, next));
  }

  /** Answers {@link AccountsApi#LOGOUT}. */
  public Future<AccountsApi.Done> logout(AccountsApi.Logout request) {
    Instant now = now();
    if (request.session().isPresent()) {
      return ended(store.end(request.session().get(), now));
    }
    String token =
        request.refreshToken().orElseThrow(() -> Failure.invalid("refreshToken", "is missing"));
    return ended(
        RefreshToken.parse(token)
            .map(parsed -> store.endByToken(parsed.hash(), now))
            .orElse(Future.succeededFuture(Optional.empty())));
  }

  /** Answers {@link AccountsApi#CHECK}. */
  public Future<AccountsApi.Checked> check(AccountsApi.Check request) {
    return store
        .living(request.user(), request.session(), now())
        .map(name -> name.orElseThrow(Sessions::revoked))
        .map(AccountsApi.Checked::new);
  }

  /** Forgets what can no longer matter, in steps that no statement's time limit cuts short. */
  public Future<Void> forget() {
    return store
        .forget(now(), FORGOTTEN_AT_ONCE)
        .compose(gone -> gone < FORGOTTEN_AT_ONCE ? Future.succeededFuture() : forget());
  }

  private SignedIn refreshed(Refreshed refreshed, RefreshToken next) {
    return signedIn(
        refreshed.account(),
        refreshed.session(),
        refreshed.sessionExpiresAt(),
        next,
        refreshed.tokenExpiresAt());
  }

  private SignedIn signedIn(
      Account account, SessionId session, Instant end, RefreshToken refresh, Instant refreshEnd) {
    Instant expiry = tokens.expiry(end);
    String token = tokens.issue(account.id(), session, expiry);
    return new SignedIn(account, session, token, expiry, refresh.clear(), refreshEnd);
  }

  private Future<AccountsApi.Done> ended(Future<Optional<Ended>> ending) {
    return ending
        .onSuccess(ended -> ended.ifPresent(this::announce))
        .map(ended -> new AccountsApi.Done());
  }

  private void announce(Ended ended) {
    bus.announce(
        AccountsApi.SESSION_ENDED, new AccountsApi.SessionEnded(ended.user(), ended.session()));
  }

  private Failure refused() {
    AuthFailures.count(meters, "refresh");
    return Failure.of(Reason.UNAUTHENTICATED, "the refresh token is not valid; sign in again");
  }

  private static Failure revoked() {
    return Failure.of(Reason.SESSION_REVOKED, "the session has ended; sign in again");
  }

  /** What a device calls itself, cut down to what can be shown in a list. */
  private static String label(String device) {
    return device
        .codePoints()
        .filter(point -> !Names.deceptive(point))
        .limit(DEVICE_MAX)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Stores keep no more than this, so that what is answered is what is remembered. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
