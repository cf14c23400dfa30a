package io.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.ScriptedRates;
import io.parley.limits.Rate;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RationingTest {
  private static final int EACH = 3;
  private static final String SIGN_UP =
      "{\"username\":\"ada\",\"password\":\"an analytical engine\"}";

  private final ScriptedRates rates = new ScriptedRates(EACH);
  private final TestEdge edge =
      new TestEdge(
          TestEdge.PLAIN,
          TestEdge.edge(0, 64, List.of("127.0.0.1")),
          Optional.empty(),
          Optional.empty(),
          rates);

  @AfterEach
  void close() {
    edge.close();
  }

  private HttpRequest.Builder from(String address, String token) {
    return edge.anonymous("/api/auth/check")
        .header("X-Forwarded-For", address)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> signUp(String address) {
    return edge.send(
        TestEdge.json(
            edge.anonymous("/api/auth/register").header("X-Forwarded-For", address),
            "POST",
            SIGN_UP));
  }

  @Test
  void eachAnswerTellsHowTheUserStands() {
    HttpResponse<String> first = edge.send(from("198.51.100.1", "ada"));
    HttpResponse<String> second = edge.send(from("198.51.100.2", "ada"));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("RateLimit-Limit")).hasValue("3");
    assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("2");
    assertThat(first.headers().firstValue("RateLimit-Reset")).hasValue("2");
    assertThat(second.headers().firstValue("RateLimit-Remaining"))
        .as("the same user from elsewhere")
        .hasValue("1");
  }

  @Test
  void whoIsTooFastIsToldHowLongToWait() {
    for (int i = 0; i < EACH; i++) {
      assertThat(edge.send(from("198.51.100.1", "ada")).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = edge.send(from("198.51.100.1", "ada"));

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("3");
    assertThat(refused.headers().firstValue("RateLimit-Remaining")).hasValue("0");
    assertThat(refused.body()).contains("\"code\":\"RATE_LIMITED\"", "\"retryAfterMs\":2500");
  }

  @Test
  void whoeverHasNoSessionIsCountedByAddressWhateverTheyShow() {
    for (String token : List.of("guess", "expired", "revoked")) {
      assertThat(edge.send(from("198.51.100.1", token)).statusCode()).isEqualTo(401);
    }

    assertThat(edge.send(from("198.51.100.1", "guess")).statusCode()).isEqualTo(429);
    assertThat(signUp("198.51.100.1").statusCode()).isEqualTo(429);
    assertThat(signUp("198.51.100.2").statusCode()).isEqualTo(201);
    assertThat(edge.send(from("198.51.100.1", "ada")).statusCode()).isEqualTo(200);
  }

  @Test
  void whoCannotBeLookedForIsNotTakenForAStranger() {
    for (int i = 0; i < 2 * EACH; i++) {
      assertThat(edge.send(from("198.51.100.1", "broken")).statusCode()).isEqualTo(500);
    }
    assertThat(rates.taken(Rate.REST_ANONYMOUS, "198.51.100.1")).isZero();
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() {
    for (int i = 0; i < EACH; i++) {
      edge.send(from("2001:db8:1:2::" + i, "guess"));
    }

    assertThat(edge.send(from("2001:db8:1:2::ffff", "guess")).statusCode()).isEqualTo(429);
    assertThat(edge.send(from("2001:db8:1:3::1", "guess")).statusCode()).isEqualTo(401);
  }

  @Test
  void triesAtNewAccountsCountWhenTheyTellWhoIsKnown() {
    String address = "198.51.100.9";
    signUp(address);
    assertThat(rates.taken(Rate.REGISTRATIONS, address)).isEqualTo(1);

    edge.behind.failing.put("accounts.register", Failure.of(Reason.ALREADY_EXISTS, "taken"));
    assertThat(signUp(address).statusCode()).isEqualTo(409);
    assertThat(rates.taken(Rate.REGISTRATIONS, address)).isEqualTo(2);

    edge.behind.failing.put("accounts.register", Failure.of(Reason.OVERLOADED, "busy"));
    assertThat(signUp(address).statusCode()).isEqualTo(503);
    assertThat(rates.taken(Rate.REGISTRATIONS, address)).isEqualTo(2);
  }

  @Test
  void whoMakesTooManyAccountsIsStopped() {
    String address = "198.51.100.9";
    for (int i = 0; i < EACH; i++) {
      rates.take(Rate.REGISTRATIONS, address);
    }

    HttpResponse<String> refused = signUp(address);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("3");
    assertThat(edge.behind.asked).isEmpty();
  }
}
