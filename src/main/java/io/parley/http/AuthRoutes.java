package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Identity;
import io.parley.accounts.Password;
import io.parley.bus.Bus;
import io.parley.commands.Args;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.rooms.RoomsApi;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing up, in and out.
 *
 * <p>Programs get the refresh token in the body. Browsers, which say so, get it as a cookie that no
 * script can read.
 */
final class AuthRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(AuthRoutes.class);
  private static final Duration WELCOME = Duration.ofSeconds(3);
  private static final int MAX_DEVICE = 200;
  private static final List<String> IDENTIFIERS =
      List.of("identifier", "email", "phoneNumber", "username");

  private final Operations operations;
  private final Bus bus;
  private final Authentication authentication;
  private final RefreshCookie cookie;
  private final Clock clock;

  AuthRoutes(
      Operations operations,
      Bus bus,
      Authentication authentication,
      RefreshCookie cookie,
      Clock clock) {
    this.operations = operations;
    this.bus = bus;
    this.authentication = authentication;
    this.cookie = cookie;
    this.clock = clock;
  }

  void mount() {
    operations
        .on("register", this::register)
        .on("login", this::login)
        .on("refresh", this::refresh)
        .on("logout", call -> logout(call).recover(cause -> over(call, cause)))
        .on("check", this::check);
  }

  private Future<Reply> register(Call call) {
    Args args = call.args();
    boolean browser = browser(call);
    AccountsApi.Register asked =
        new AccountsApi.Register(
            args.optionalText("email"),
            args.optionalText("phoneNumber"),
            args.optionalText("username"),
            args.optionalText("name").or(() -> args.optionalText("displayName")),
            new Password(args.text("password")),
            device(call),
            call.address());
    return bus.ask(AccountsApi.REGISTER, asked)
        .compose(this::welcome)
        .map(session -> signedIn(call, session, browser, 201));
  }

  private Future<Reply> login(Call call) {
    boolean browser = browser(call);
    AccountsApi.Login asked =
        new AccountsApi.Login(
            identifier(call.args()),
            new Password(call.args().text("password")),
            device(call),
            call.address());
    return bus.ask(AccountsApi.LOGIN, asked).map(session -> signedIn(call, session, browser, 200));
  }

  private Future<Reply> refresh(Call call) {
    Optional<String> given = call.args().optionalText("refreshToken");
    boolean browser = given.isEmpty();
    String token =
        given
            .or(() -> cookie.read(call.request()))
            .orElseThrow(() -> Failure.of(Reason.UNAUTHENTICATED, "a refresh token is expected"));
    return bus.ask(AccountsApi.REFRESH, new AccountsApi.Refresh(token, call.address()))
        .map(session -> signedIn(call, session, browser, 200));
  }

  private Future<Reply> logout(Call call) {
    return ending(call)
        .compose(asked -> bus.ask(AccountsApi.LOGOUT, asked))
        .map(done -> cookie.clear(Reply.nothing(), call.request()));
  }

  /** A session that is over already needs no ending. */
  private Future<Reply> over(Call call, Throwable cause) {
    return Failure.from(cause).reason() == Reason.SESSION_REVOKED
        ? Future.succeededFuture(cookie.clear(Reply.nothing(), call.request()))
        : Future.failedFuture(cause);
  }

  /** Which session is to end: that of the token in the body, the access token, or the cookie. */
  private Future<AccountsApi.Logout> ending(Call call) {
    Optional<String> given = call.args().optionalText("refreshToken");
    if (given.isPresent()) {
      return Future.succeededFuture(new AccountsApi.Logout(Optional.empty(), given));
    }
    return authentication
        .caller(call.request())
        .map(identity -> Optional.of(identity.session()))
        .map(session -> new AccountsApi.Logout(session, Optional.empty()))
        .recover(
            cause -> {
              Optional<String> token = cookie.read(call.request());
              return token.isPresent()
                  ? Future.succeededFuture(new AccountsApi.Logout(Optional.empty(), token))
                  : Future.failedFuture(cause);
            });
  }

  /** Enters the default rooms; listing rooms does it later if it does not work now. */
  private Future<AccountsApi.SignedIn> welcome(AccountsApi.SignedIn session) {
    AccountsApi.Account account = session.account();
    RoomsApi.Caller caller = new RoomsApi.Caller(account.id(), account.name());
    return bus.ask(RoomsApi.WELCOME, new RoomsApi.Welcome(caller), WELCOME)
        .onFailure(cause -> LOG.info("{} enters the default rooms later", account.id()))
        .map(session)
        .otherwise(session);
  }

  private Future<Reply> check(Call call) {
    Identity caller = call.caller();
    return bus.ask(AccountsApi.OWN, new AccountsApi.Own(caller.user()))
        .map(account -> Reply.ok(checked(caller, account)));
  }

  private Reply signedIn(Call call, AccountsApi.SignedIn session, boolean browser, int status) {
    AccountsApi.Account account = session.account();
    Duration refreshLife = until(session.refreshExpiresAt());
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("ok", true)
            .put("token", session.token())
            .put("expiresIn", until(session.expiresAt()).toSeconds());
    if (!browser) {
      body.put("refreshToken", session.refreshToken());
    }
    body.put("refreshExpiresIn", refreshLife.toSeconds())
        .put("sessionId", session.session().toString())
        .put("userId", account.id().toString())
        .put("name", account.name());
    account.email().ifPresent(email -> body.put("email", email));
    body.set("user", Json.mapper().valueToTree(account));
    Reply reply = new Reply(status, Optional.of(body), List.of());
    return browser
        ? cookie.give(reply, call.request(), session.refreshToken(), refreshLife)
        : reply;
  }

  private Duration until(Instant end) {
    Duration left = Duration.between(clock.instant(), end).plusMillis(500);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private boolean browser(Call call) {
    boolean browser =
        call.args().flag("cookie")
            || call.header("X-Parley-Client").filter("web"::equalsIgnoreCase).isPresent();
    if (browser) {
      cookie.requireSafe(call.request());
    }
    return browser;
  }

  private static JsonNode checked(Identity caller, AccountsApi.Account account) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("authenticated", true)
            .put("userId", caller.user().toString())
            .put("name", account.name());
    account.email().ifPresent(email -> body.put("email", email));
    return body.put("sessionId", caller.session().toString())
        .put("expiresAt", Json.time(caller.expiresAt()))
        .set("user", Json.mapper().valueToTree(account));
  }

  private static String identifier(Args args) {
    List<String> given =
        IDENTIFIERS.stream().map(args::optionalText).flatMap(Optional::stream).toList();
    if (given.size() != 1) {
      throw Failure.invalid(
          "identifier", "is expected exactly once, as any of " + String.join(", ", IDENTIFIERS));
    }
    return given.get(0);
  }

  private static String device(Call call) {
    String agent = call.header("User-Agent").orElse("unknown").replaceAll("\\p{Cntrl}", " ");
    return agent.substring(0, Math.min(agent.length(), MAX_DEVICE));
  }
}
