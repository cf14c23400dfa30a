package io.parley.limits;

import io.parley.config.LimitsConfig;
import io.parley.config.SignInConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.limits.LimitStore.Names;
import io.parley.limits.LimitStore.Use;
import io.parley.limits.LimitsApi.Compared;
import io.parley.limits.LimitsApi.Done;
import io.parley.limits.LimitsApi.Ticket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is counted over all nodes.
 *
 * <p>Whoever guesses passwords must not get far, and must not lock anybody out by it. So failures
 * are counted three times. An account at one address has a few, then growing pauses. An address has
 * some more with all accounts together, since many people may be behind it; whoever tries one
 * password with everybody meets that. An account has many more at all addresses together, and short
 * pauses: that stops those who have thousands of addresses. An account that was proved from an
 * address before is counted there by the first rule only: strangers elsewhere cannot keep its owner
 * out, nor those who share the owner's address by guessing at others.
 */
public final class Limits {
  private static final int MOST = 500;

  /** How long an account is known where it was proved. */
  private static final Duration MEMORY = Duration.ofDays(90);

  /** So that owners who are somewhere new get in, too, while others go on guessing. */
  private static final Duration LONGEST_FOR_ACCOUNT = Duration.ofMinutes(1);

  private final LimitStore store;
  private final Veil veil;
  private final Map<Rate, Measure> measures = new EnumMap<>(Rate.class);
  private final LimitStore.Ban ban;
  private final LimitStore.Patience patience;

  public Limits(LimitStore store, Veil veil, LimitsConfig config) {
    this.store = store;
    this.veil = veil;
    for (Rate rate : Rate.values()) {
      measures.put(rate, Measure.of(rate, config));
    }
    this.ban = new LimitStore.Ban(config.banAfter(), config.ban());
    SignInConfig signIn = config.signIn();
    this.patience =
        new LimitStore.Patience(
            signIn.failures(),
            signIn.failuresPerAddress(),
            signIn.failuresPerAccount(),
            signIn.pause(),
            signIn.longestPause(),
            earlier(LONGEST_FOR_ACCOUNT, signIn.longestPause()),
            signIn.quiet());
  }

  /** Answers {@link LimitsApi#COMPARE}. */
  Future<Compared> compare(LimitsApi.Compare request) {
    if (request.counts().size() > MOST) {
      return Future.failedFuture(
          Failure.of(Reason.TOO_LARGE, "at most " + MOST + " at once").with("limit", MOST));
    }
    return store.use(request.counts().stream().map(this::use).toList(), ban).map(Compared::new);
  }

  /** Answers {@link LimitsApi#ATTEMPT}. */
  Future<Ticket> attempt(LimitsApi.Attempt request) {
    return store.attempt(names(request.account(), request.place()), patience).map(Limits::admitted);
  }

  /** Answers {@link LimitsApi#SETTLE}. */
  Future<Done> settle(LimitsApi.Settle request) {
    Names names = names(request.attempt().account(), request.attempt().place());
    return store
        .forgive(names, request.ticket())
        .compose(
            forgiven -> request.proved() ? store.trust(names, MEMORY) : Future.succeededFuture())
        .map(new Done());
  }

  /** Answers {@link LimitsApi#TRUST}. */
  Future<Done> trust(LimitsApi.Trust request) {
    return Future.all(
            request.accounts().stream()
                .map(account -> store.trust(names(account, request.place()), MEMORY))
                .toList())
        .map(new Done());
  }

  private static Ticket admitted(LimitStore.Try tried) {
    if (tried.pause().isZero()) {
      return tried.ticket();
    }
    throw Failure.of(Reason.RATE_LIMITED, "too many failed tries; wait before the next one")
        .with("retryAfterMs", Math.max(1, tried.pause().toMillis()));
  }

  private Use use(LimitsApi.Count count) {
    Duration interval = measures.getOrDefault(count.rate(), Measure.NONE).interval();
    String name = veil.over(count.rate() + " " + count.who());
    return new Use(count.rate(), name, interval, count.taken(), count.refused());
  }

  private Names names(String account, String place) {
    return new Names(veil.over("account " + account), veil.over("place " + place));
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
