package io.parley.accounts;

import static io.parley.fixtures.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.Secret;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(15));
  private static final UserId ANA = new UserId(UUID.randomUUID());
  private static final SessionId SESSION = new SessionId(UUID.randomUUID());
  private static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";
  private static Vertx vertx;

  private final AccessTokens tokens = at(NOW);
  private final String good = tokens.issue(ANA, SESSION, NOW, LATER);

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    Await.of(vertx.close());
  }

  private static AccessTokens at(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new AccessTokens(vertx, AuthConfigs.cheap(), clock);
  }

  @Test
  void aTokenSaysWhoseItIs() throws IOException {
    assertThat(Await.of(tokens.verify(good)))
        .isEqualTo(new AccessTokens.Claims(ANA, SESSION, LATER));

    JsonNode header = decoded(good.split("\\.")[0]);
    assertThat(header.path("alg").asText()).isEqualTo("HS256");
    assertThat(header.path("kid").asText()).matches("[0-9a-f]{8}");
    assertThat(decoded(good.split("\\.")[1]))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"iss":"parley","aud":"parley","sub":"%s","sid":"%s","typ":"access",
                     "iat":%d,"exp":%d}"""
                        .formatted(ANA, SESSION, NOW.getEpochSecond(), LATER.getEpochSecond())));
  }

  @Test
  void aTokenEndsInTimeAndWithItsSessionAtTheLatest() {
    assertThat(tokens.expiry(NOW, NOW.plus(Duration.ofDays(1)))).isEqualTo(LATER);
    assertThat(tokens.expiry(NOW, NOW.plusMillis(90_500))).isEqualTo(NOW.plusSeconds(90));
  }

  @Test
  void anExpiredTokenIsToldSoAfterSomeLeeway() {
    assertThat(Await.of(at(LATER.plusSeconds(4)).verify(good)).user()).isEqualTo(ANA);
    assertThat(failure(at(LATER.plusSeconds(5)).verify(good)).reason())
        .isEqualTo(Reason.TOKEN_EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "NONE", "HS512", "RS256", ""})
  void j1_anotherAlgorithmIsRefused(String algorithm) {
    String header = encoded("{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\"}");
    String[] parts = good.split("\\.");

    assertRefused(header + "." + parts[1] + ".");
    assertRefused(header + "." + parts[1]);
    assertRefused(header + "." + parts[1] + "." + parts[2]);
    assertRefused(signed(header + "." + parts[1], AuthConfigs.SECRET));
  }

  @Test
  void j3_anyChangedCharacterIsNoticed() {
    for (int i = 0; i < good.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        StringBuilder changed = new StringBuilder(good);
        changed.setCharAt(i, (char) (good.charAt(i) ^ (1 << bit)));
        assertRefused(changed.toString());
      }
    }
  }

  @Test
  void j3_partsOfOthersAndPartsTooManyAreRefused() {
    String other = tokens.issue(new UserId(UUID.randomUUID()), SESSION, NOW, LATER);
    String signature = other.substring(other.lastIndexOf('.'));

    assertRefused(good.substring(0, good.lastIndexOf('.')) + signature);
    for (String wrong :
        List.of(good + ".", good + ".x", "." + good, good + "=", good + " ", "a.b.c", "", "...")) {
      assertRefused(wrong);
    }
    assertRefused("x".repeat(10_000_000));
  }

  @Test
  void j3_anotherSecretIsRefusedWithOrWithoutAKeyId() {
    String[] parts = good.split("\\.");
    Secret stranger = new Secret("another secret of thirty-two characters");

    assertRefused(signed(parts[0] + "." + parts[1], stranger));
    assertRefused(signed(encoded(HEADER) + "." + parts[1], stranger));
    assertThat(
            Await.of(tokens.verify(signed(encoded(HEADER) + "." + parts[1], AuthConfigs.SECRET))))
        .isNotNull();
  }

  @Test
  void j5_tokensFromTheFutureAreRefused() {
    assertRefused(claims(claims -> claims.put("iat", NOW.plusSeconds(600).getEpochSecond())));
    assertRefused(claims(claims -> claims.put("nbf", NOW.plusSeconds(600).getEpochSecond())));
    assertAccepted(claims(claims -> claims.put("iat", NOW.plusSeconds(5).getEpochSecond())));
    assertAccepted(claims(claims -> claims.put("nbf", NOW.minusSeconds(5).getEpochSecond())));
  }

  @Test
  void j6_foreignAndIncompleteClaimsAreRefused() {
    for (String claim : List.of("iss", "aud", "sub", "sid", "typ", "iat", "exp")) {
      assertRefused(claims(claims -> claims.remove(claim)));
      assertRefused(claims(claims -> claims.put(claim, "another")));
      assertRefused(claims(claims -> claims.putNull(claim)));
      assertRefused(claims(claims -> claims.putArray(claim).add("another")));
      assertRefused(claims(claims -> claims.putObject(claim)));
    }
    assertRefused(claims(claims -> claims.put("sub", "1-1-1-1-1")));
    assertRefused(claims(claims -> claims.put("exp", 1e300)));
    assertAccepted(claims(claims -> claims.putArray("aud").add("another").add("parley")));
  }

  @Test
  void j8_aTokenOfAnotherTypeIsRefused() {
    assertRefused(claims(claims -> claims.put("typ", "refresh")));
    assertRefused(RefreshToken.fresh(new java.security.SecureRandom()).clear());
  }

  @Test
  void aPreviousSecretStillCountsButNeverSigns() {
    Secret renewed = new Secret("a renewed secret of many characters");
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    AccessTokens rotated =
        new AccessTokens(vertx, AuthConfigs.signedWith(renewed, AuthConfigs.SECRET), clock);

    assertThat(Await.of(rotated.verify(good)).user()).isEqualTo(ANA);
    for (int i = 0; i < 20; i++) {
      assertRefused(rotated.issue(ANA, SESSION, NOW, LATER));
    }
    assertThat(Await.of(rotated.verify(rotated.issue(ANA, SESSION, NOW, LATER))).user())
        .isEqualTo(ANA);
  }

  @Test
  void aShortSecretIsRefusedAtOnce() {
    assertThatThrownBy(
            () ->
                new AccessTokens(
                    vertx, AuthConfigs.signedWith(new Secret("x".repeat(31))), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("xxx");
  }

  private void assertRefused(String token) {
    assertThat(failure(tokens.verify(token)).text())
        .isEqualTo("UNAUTHENTICATED: the access token is not valid");
  }

  private void assertAccepted(String token) {
    assertThat(Await.of(tokens.verify(token)).user()).isEqualTo(ANA);
  }

  private static String claims(Consumer<ObjectNode> change) {
    ObjectNode claims =
        Json.mapper()
            .createObjectNode()
            .put("iss", "parley")
            .put("aud", "parley")
            .put("sub", ANA.toString())
            .put("sid", SESSION.toString())
            .put("typ", "access")
            .put("iat", NOW.getEpochSecond())
            .put("exp", LATER.getEpochSecond());
    change.accept(claims);
    return signed(encoded(HEADER) + "." + encoded(Json.write(claims)), AuthConfigs.SECRET);
  }

  private static String signed(String content, Secret secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode decoded(String part) throws IOException {
    return Json.mapper().readTree(Base64.getUrlDecoder().decode(part));
  }
}
