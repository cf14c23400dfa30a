package io.parley.accounts;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.AccountsApi.Checked;
import io.parley.bus.Bus;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs a request to be somebody's: sessions that were asked about a moment ago. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AuthenticatorCost {
  private static final int SESSIONS = 1 << 10;

  private final Vertx vertx = Vertx.vertx();
  private final String[] held = new String[SESSIONS];
  private AccessTokens tokens;
  private TokenAuthenticator authenticator;
  private int next;

  @Setup
  public void open() {
    Bus bus = Bus.over(vertx, List.of(AccountsApi.CONTRACT));
    Await.of(
        bus.answer(
            AccountsApi.CHECK,
            check -> Future.succeededFuture(new Checked("Somebody", Optional.of(Role.USER)))));
    tokens = new AccessTokens(vertx, AuthConfigs.cheap(), Clock.systemUTC());
    // The time stands still, so that nobody is asked a second time.
    authenticator = new TokenAuthenticator(vertx, bus, tokens, () -> 0, new SimpleMeterRegistry());
    Instant now = Instant.now();
    for (int i = 0; i < SESSIONS; i++) {
      UserId user = new UserId(new UUID(0x0193a2c400007000L, i * 0x9E3779B97F4A7C15L));
      SessionId session = new SessionId(new UUID(0x0193a2c400007000L, i * 0xC2B2AE3D27D4EB4FL));
      held[i] = tokens.issue(user, session, now, now.plus(Duration.ofDays(1)));
      Await.of(authenticator.authenticate(held[i]));
    }
  }

  @TearDown
  public void close() {
    vertx.close().await();
  }

  /** Form, signature and claims alone. */
  @Benchmark
  public Future<AccessTokens.Claims> verify() {
    return tokens.verify(token());
  }

  /** All of it: with the session, as it was found a moment ago. */
  @Benchmark
  public Future<Identity> authenticate() {
    return authenticator.authenticate(token());
  }

  private String token() {
    return held[next++ & (SESSIONS - 1)];
  }
}
