package io.parley.accounts;

import io.parley.config.AuthConfig;
import io.parley.config.Secret;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Access tokens: JWTs signed with HS256 that any node checks by itself.
 *
 * <p>Claims: {@code iss aud sub sid typ iat exp}; {@code typ} keeps other tokens that the same
 * secret may sign apart, {@code sid} names the session. The header's {@code kid} names the key.
 */
public final class AccessTokens {
  /** The shortest secret that HS256 may be used with. */
  public static final int MIN_SECRET = 32;

  private static final String ALGORITHM = "HS256";
  private static final String TYPE = "access";
  private static final Duration LEEWAY = Duration.ofSeconds(5);
  private static final int MAX_LENGTH = 4_096;

  /** Three parts, and a signature of 32 bytes written the one way it can be. */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  private final JWTAuth signing;
  private final JWTAuth checking;
  private final AuthConfig config;
  private final Clock clock;

  public AccessTokens(Vertx vertx, AuthConfig config, Clock clock) {
    // The clock here decides what has expired, with leeway for the others.
    JWTOptions rules = new JWTOptions().setAlgorithm(ALGORITHM).setIgnoreExpiration(true);
    JWTAuthOptions all = new JWTAuthOptions().setJWTOptions(rules);
    all.addPubSecKey(key(config.jwtSecret()));
    config.previousSecrets().forEach(secret -> all.addPubSecKey(key(secret)));
    // A provider with several keys signs with any of them, so signing has one of its own.
    this.signing =
        JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key(config.jwtSecret())));
    this.checking = JWTAuth.create(vertx, all);
    this.config = config;
    this.clock = clock;
  }

  /** What a good token says. */
  public record Claims(UserId user, SessionId session, Instant expiresAt) {}

  /**
   * When a token ends: the configured time after it was made, and with its session at the latest.
   */
  public Instant expiry(Instant made, Instant sessionExpiresAt) {
    Instant expiry = made.plus(config.accessToken());
    Instant earlier = expiry.isBefore(sessionExpiresAt) ? expiry : sessionExpiresAt;
    return earlier.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Signs a token for a session; the same words make the same token. */
  public String issue(UserId user, SessionId session, Instant made, Instant expiresAt) {
    JsonObject claims =
        new JsonObject()
            .put("iss", config.issuer())
            .put("aud", config.audience())
            .put("sub", user.toString())
            .put("sid", session.toString())
            .put("typ", TYPE)
            .put("iat", made.getEpochSecond())
            .put("exp", expiresAt.getEpochSecond());
    return signing.generateToken(claims, new JWTOptions().setAlgorithm(ALGORITHM));
  }

  /**
   * Checks form, signature and claims. Fails TOKEN_EXPIRED for a token that was good once, and
   * UNAUTHENTICATED with one and the same sentence for everything else.
   */
  public Future<Claims> verify(String token) {
    if (token.length() > MAX_LENGTH || !FORM.matcher(token).matches()) {
      return Future.failedFuture(refused());
    }
    return Future.succeededFuture(new TokenCredentials(token))
        .compose(checking::authenticate)
        .map(this::claims)
        .recover(
            cause -> Future.failedFuture(cause instanceof Failure failure ? failure : refused()));
  }

  private Claims claims(User user) {
    JsonObject claims = user.attributes().getJsonObject("accessToken");
    Instant now = clock.instant();
    boolean ours =
        config.issuer().equals(claims.getValue("iss"))
            && forUs(claims.getValue("aud"))
            && TYPE.equals(claims.getValue("typ"))
            && begun(claims.getValue("iat"), now)
            && (!claims.containsKey("nbf") || begun(claims.getValue("nbf"), now));
    if (!ours || !(claims.getValue("exp") instanceof Number exp)) {
      throw refused();
    }
    Claims checked =
        new Claims(
            new UserId(uuid(claims.getValue("sub"))),
            new SessionId(uuid(claims.getValue("sid"))),
            Instant.ofEpochSecond(exp.longValue()));
    if (!checked.expiresAt().plus(LEEWAY).isAfter(now)) {
      throw Failure.of(Reason.TOKEN_EXPIRED, "the access token has expired");
    }
    return checked;
  }

  private boolean forUs(Object audience) {
    return audience instanceof JsonArray several
        ? several.contains(config.audience())
        : config.audience().equals(audience);
  }

  private static boolean begun(Object time, Instant now) {
    return time instanceof Number seconds
        && seconds.longValue() <= now.plus(LEEWAY).getEpochSecond();
  }

  private static UUID uuid(Object claim) {
    return Optional.ofNullable(claim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .flatMap(AccessTokens::parse)
        .orElseThrow(AccessTokens::refused);
  }

  private static Optional<UUID> parse(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static Failure refused() {
    return Failure.of(Reason.UNAUTHENTICATED, "the access token is not valid");
  }

  private static PubSecKeyOptions key(Secret secret) {
    byte[] bytes = secret.value().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_SECRET) {
      throw new IllegalArgumentException("a JWT secret has at least " + MIN_SECRET + " characters");
    }
    return new PubSecKeyOptions()
        .setAlgorithm(ALGORITHM)
        .setId(fingerprint(bytes))
        .setBuffer(Buffer.buffer(bytes));
  }

  private static String fingerprint(byte[] secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret);
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
