package io.parley.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.accounts.UserId;
import io.parley.config.Secret;
import io.parley.config.WebhookConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.EventSink;
import io.parley.fixtures.MovableClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts are signed, taken only by 2xx, bounded in time, and go nowhere inside unless allowed. */
class WebhookTest {
  private static final String SECRET = "a secret of more than thirty-two characters";
  private static final Event EVENT =
      new Event.UserRegistered("registered-1", 5, new UserId(new UUID(0, 7)));

  /** One name is looked up at a time. */
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));

  private final MovableClock clock = new MovableClock();
  private final EventSink sink = new EventSink(vertx);

  @AfterEach
  void close() {
    sink.close();
    Await.of(vertx.close());
  }

  private Webhook webhook(String url, String secret, boolean privateAddresses, String... kinds) {
    return new Webhook(
        vertx,
        new WebhookConfig(
            url, new Secret(secret), List.of(kinds), Duration.ofSeconds(1), privateAddresses, ""),
        clock);
  }

  private Webhook webhook() {
    return webhook(sink.url(), SECRET, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="})
  void whatIsPostedIsSigned(String secret) throws Exception {
    Await.of(webhook(sink.url(), secret, true).take(List.of(EVENT)));

    EventSink.Post post = sink.posts().get(0);
    byte[] key =
        secret.equals(SECRET)
            ? secret.getBytes(StandardCharsets.UTF_8)
            : "01234567890123456789012345678901".getBytes(StandardCharsets.UTF_8);
    String id = post.headers().get("webhook-id");
    String time = post.headers().get("webhook-timestamp");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
    assertThat(post.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry(
            "webhook-signature",
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(mac.doFinal(post.body().getBytes(StandardCharsets.UTF_8))));
    assertThat(Long.parseLong(time)).isEqualTo(clock.instant().getEpochSecond());
    assertThat(post.body())
        .isEqualTo(
            "{\"events\":[{\"id\":\"registered-1\",\"type\":\"user.registered\",\"version\":1,"
                + "\"at\":5,\"user\":\"00000000-0000-0000-0000-000000000007\"}]}");
  }

  @Test
  void theSameIsPostedUnderTheSameIdHoweverOften() {
    Webhook webhook = webhook();
    Await.of(webhook.take(List.of(EVENT)));
    clock.move(Duration.ofMinutes(1));
    Await.of(webhook.take(List.of(EVENT)));

    assertThat(sink.posts().get(0).headers().get("webhook-id"))
        .isEqualTo(sink.posts().get(1).headers().get("webhook-id"));
    assertThat(sink.posts().get(0).headers().get("webhook-signature"))
        .isNotEqualTo(sink.posts().get(1).headers().get("webhook-signature"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 410, 413, 429, 500, 503})
  void whatIsAnsweredOtherwiseThanByTwoHundredsWasNotTaken(int status) {
    sink.answer(status);

    Failure refused = Await.failure(webhook().take(List.of(EVENT)));

    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(refused.detail()).contains(String.valueOf(status)).doesNotContain(SECRET);
    assertThat(sink.posts()).hasSize(1);
  }

  @Test
  void whoeverDoesNotAnswerInTimeHasNotTakenIt() {
    sink.answer(EventSink.SILENT);
    long began = System.nanoTime();

    assertThat(Await.failure(webhook().take(List.of(EVENT))).reason())
        .isEqualTo(Reason.UNAVAILABLE);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void whatCountsAsNotTakenIsNotPostedLater() {
    Webhook webhook = webhook();
    CountDownLatch found = new CountDownLatch(1);
    Future<Boolean> lookingUp =
        vertx.executeBlocking(
            () -> {
              found.await();
              return true;
            },
            false);
    assertThat(Await.failure(webhook.take(List.of(EVENT))).reason()).isEqualTo(Reason.UNAVAILABLE);
    found.countDown();
    Await.of(lookingUp);
    Event next = new Event.UserRegistered("registered-2", 6, new UserId(new UUID(0, 8)));

    Await.of(webhook.take(List.of(next)));

    assertThat(sink.posts()).singleElement().matches(post -> post.body().contains("registered-2"));
  }

  @Test
  void whoeverIsNotThereHasNotTakenIt() {
    Webhook webhook = webhook();
    sink.close();

    assertThat(Await.failure(webhook.take(List.of(EVENT))).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"})
  void nothingIsPostedToThisMachineUnlessItIsAllowed(String host) {
    String url = sink.url().replace("127.0.0.1", host);

    Failure refused = Await.failure(webhook(url, SECRET, false).take(List.of(EVENT)));

    assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(refused.detail()).contains("events.webhook.privateAddresses");
    assertThat(sink.posts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true",
    "172.16.0.1, true",
    "172.32.0.1, false",
    "192.168.1.1, true",
    "169.254.169.254, true",
    "100.64.0.1, true",
    "100.128.0.1, false",
    "224.0.0.1, true",
    "255.255.255.255, true",
    "8.8.8.8, false",
    "::1, true",
    "::, true",
    "fe80::1, true",
    "fec0::1, true",
    "fd00::1, true",
    "ff02::1, true",
    "64:ff9b::a00:1, true",
    "2002:a00:1::, true",
    "2001:4860:4860::8888, false",
  })
  void addressesOfPrivateNetworksAreKnown(String address, boolean inside)
      throws UnknownHostException {
    assertThat(Destination.isInside(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @Test
  void kindsAreThoseOfTheCatalogue() {
    assertThat(webhook(sink.url(), SECRET, true, "typing", "message.sent").kinds())
        .containsExactlyInAnyOrder(EventKind.TYPING, EventKind.MESSAGE_SENT);
    assertThat(webhook().kinds()).containsExactlyInAnyOrder(EventKind.values());
    assertThatThrownBy(() -> webhook(sink.url(), SECRET, true, "message.send"))
        .hasMessageContaining("events.webhook.kinds")
        .hasMessageContaining("message.sent");
  }
}
