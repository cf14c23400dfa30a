package io.parley.accounts;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.SessionStore.Ended;
import io.parley.accounts.SessionStore.NewSession;
import io.parley.accounts.SessionStore.NewToken;
import io.parley.accounts.SessionStore.Opened;
import io.parley.accounts.SessionStore.Refreshed;
import io.parley.accounts.SessionStore.Refreshing;
import io.parley.accounts.SessionStore.Use;
import io.parley.audit.Act;
import io.parley.audit.Actor;
import io.parley.audit.Journal;
import io.parley.config.AuthConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions: how long somebody stays signed in.
 *
 * <p>A session lives as long as it is refreshed in time, up to a ceiling. Its refresh tokens follow
 * each other, and the store lets exactly one use of each make the next, so that there is never a
 * second family.
 *
 * <p>A token that is used again has either been copied, or its client has not heard the answer, or
 * asks twice from two places at once. For a moment, and only until the next token is used, the
 * second use therefore gets what the first one got, the same pair letter for letter: two tabs, and
 * a client whose answer was lost, go on with the one family that there is. A thief who is as quick
 * gets no more than that either, and as soon as one of the two goes on alone, the other stands
 * there with a token that was used. After that moment, and for every older token, its session ends:
 * one of those who have it must not, and nobody can tell which.
 */
public final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int DEVICE_MAX = 200;
  private static final int FORGOTTEN_AT_ONCE = 2_000;

  /** How long ended sessions are kept, in case somebody asks what became of them. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final SessionStore store;
  private final AccessTokens tokens;
  private final AuthConfig config;
  private final Endings endings;
  private final Journal journal;
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
      Endings endings,
      Journal journal,
      Clock clock,
      Supplier<UUID> ids,
      SecureRandom random,
      MeterRegistry meters) {
    this.store = store;
    this.tokens = tokens;
    this.config = config;
    this.endings = endings;
    this.journal = journal;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    this.meters = meters;
  }

  /** A session to be remembered, with the token that only its client will know. */
  record Opening(NewSession session, RefreshToken token) {}

  /**
   * Prepares a session; it begins when a store remembers it.
   *
   * @param address where it begins; empty when nobody knows
   */
  Opening opening(UserId user, String device, Optional<String> address) {
    Instant now = now();
    Instant end = now.plus(config.refreshLifetime());
    RefreshToken token = RefreshToken.fresh(random);
    NewToken stored = new NewToken(token.hash(), earlier(now.plus(config.refreshToken()), end));
    SessionId id = new SessionId(ids.get());
    return new Opening(
        new NewSession(id, user, label(device), address.orElse(""), now, end, stored), token);
  }

  /**
   * Begins a session of an account that exists; those that are too many end. False when its
   * password has been changed meanwhile. Fails FORBIDDEN when it may not sign in: only who has
   * proved the right password is told.
   *
   * @param proved the hashes of the password that was right
   */
  Future<Boolean> open(Opening opening, Set<String> proved) {
    return store.open(opening.session(), proved, config.maxSessions()).map(this::begun);
  }

  private boolean begun(Opened opened) {
    if (opened instanceof Opened.Disabled) {
      throw Failure.of(
              Reason.FORBIDDEN, "this account may not sign in; ask whoever runs this server")
          .with("account", "disabled");
    }
    if (opened instanceof Opened.Begun begun) {
      begun.crowdedOut().forEach(endings::announce);
      return true;
    }
    return false;
  }

  /** What the client of a session that has begun is told. */
  SignedIn begun(Account account, Opening opening) {
    NewSession session = opening.session();
    return signedIn(
        new Refreshed(
            account,
            session.id(),
            session.expiresAt(),
            session.createdAt(),
            session.token().expiresAt()),
        opening.token());
  }

  /** Answers {@link AccountsApi#REFRESH}. */
  public Future<SignedIn> refresh(AccountsApi.Refresh request) {
    return RefreshToken.parse(request.refreshToken())
        .map(token -> use(token, request.address().orElse("")))
        .orElseGet(() -> Future.failedFuture(refused("refresh")));
  }

  private Future<SignedIn> use(RefreshToken token, String address) {
    Instant now = now();
    Buffer salt = RefreshToken.salt(random);
    RefreshToken next = token.next(salt);
    NewToken stored = new NewToken(next.hash(), now.plus(config.refreshToken()));
    return store
        .refresh(
            new Use(token.hash(), stored, salt, address, now), now.minus(config.refreshGrace()))
        .map(outcome -> answer(token, next, outcome, address));
  }

  private SignedIn answer(
      RefreshToken token, RefreshToken next, Refreshing outcome, String address) {
    if (outcome instanceof Refreshing.Taken taken) {
      return signedIn(taken.session(), next);
    }
    if (outcome instanceof Refreshing.Repeated repeated) {
      RefreshToken same = token.next(repeated.salt());
      if (same.hash().equals(repeated.next())) {
        meters.counter("parley.auth.refreshes.repeated").increment();
        return signedIn(repeated.session(), same);
      }
    }
    if (outcome instanceof Refreshing.Replayed replayed) {
      burnt(replayed.session(), address);
      throw refused("replay");
    }
    throw refused("refresh");
  }

  private void burnt(Ended ended, String address) {
    LOG.warn(
        "a used refresh token of {} came again: session {} is ended",
        ended.user(),
        ended.session());
    endings.announce(ended);
    journal.note(
        journal
            .entry(Act.SESSION_BURNT, Actor.STRANGER, ended.user().value())
            .with("session", ended.session())
            .from(Optional.of(address)));
  }

  /** Answers {@link AccountsApi#CHECK}. */
  public Future<AccountsApi.Checked> check(AccountsApi.Check request) {
    return store
        .living(request.user(), request.session(), now())
        .map(living -> living.orElseThrow(Sessions::revoked))
        .map(living -> new AccountsApi.Checked(living.name(), Optional.of(living.role())));
  }

  /** Answers {@link SessionsApi#OWN}. */
  public Future<SessionsApi.OwnSessions> own(SessionsApi.ListOwn request) {
    return store.own(request.user(), now(), config.maxSessions()).map(SessionsApi.OwnSessions::new);
  }

  /** Forgets what can no longer matter, in steps that no statement's time limit cuts short. */
  public Future<Void> forget() {
    Instant now = now();
    return store
        .forget(now, now.minus(KEPT), now.minus(AuthConfig.MOST_GRACE), FORGOTTEN_AT_ONCE)
        .compose(gone -> gone < FORGOTTEN_AT_ONCE ? Future.succeededFuture() : forget());
  }

  /** The same words make the same pair. */
  private SignedIn signedIn(Refreshed session, RefreshToken refresh) {
    Instant expiry = tokens.expiry(session.at(), session.sessionExpiresAt());
    String token = tokens.issue(session.account().id(), session.session(), session.at(), expiry);
    return new SignedIn(
        session.account(),
        session.session(),
        token,
        expiry,
        refresh.clear(),
        session.tokenExpiresAt());
  }

  /** One and the same sentence for all of them. */
  private Failure refused(String why) {
    AuthFailures.count(meters, why);
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
