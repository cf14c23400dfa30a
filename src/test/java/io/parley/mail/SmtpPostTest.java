package io.parley.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MailConfig;
import io.parley.config.Secret;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestMail;
import io.parley.fixtures.TestMail.Received;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpPostTest {
  private static final UUID ID = UUID.randomUUID();

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private SmtpPost post(int port, String tls, String user) {
    MailConfig config =
        new MailConfig(
            "127.0.0.1", port, user, new Secret("hunter2"), "Parley <chat@example.org>", tls);
    return new SmtpPost(vertx, config, "chat.example.org");
  }

  private static Mail mail(String to) {
    return new Mail(ID, to, "Grüße", "Eine Zeile.\n.\nUnd — noch eine.\n");
  }

  @Test
  void aMailArrivesAsItWasWritten() {
    try (TestMail server = TestMail.start()) {
      Await.of(post(server.port(), "none", "").send(mail("ana@example.org")));

      Received received = server.await("ana@example.org", 1);
      assertThat(received.from()).isEqualTo("Parley <chat@example.org>");
      assertThat(received.subject()).isEqualTo("Grüße");
      assertThat(received.id()).isEqualTo("<" + ID + "@chat.example.org>");
      assertThat(received.text().replace("\r", "").strip())
          .isEqualTo("Eine Zeile.\n.\nUnd — noch eine.");
    }
  }

  @Test
  void aServerThatIsNotThereMayBeTriedAgain() {
    int port;
    try (TestMail server = TestMail.start()) {
      port = server.port();
    }
    assertThat(Await.failure(post(port, "none", "").send(mail("ana@example.org"))).reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void nothingIsSentInTheClearWhereTlsIsExpected(String tls) {
    try (TestMail server = TestMail.start()) {
      Failure failure = Await.failure(post(server.port(), tls, "").send(mail("ana@example.org")));

      assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(server.to("ana@example.org")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"550, INVALID", "553, INVALID", "450, UNAVAILABLE", "535, UNAVAILABLE"})
  void whatAServerSaysOfTheRecipientDecidesButIsNotPassedOn(int code, Reason reason) {
    int port = Await.of(refusing(code)).actualPort();

    Failure failure = Await.failure(post(port, "none", "").send(mail("ana@example.org")));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.text()).contains(String.valueOf(code)).doesNotContain("ana");
  }

  @Test
  void anAddressThatWouldBeSeveralIsNotSentTo() {
    try (TestMail server = TestMail.start()) {
      String several = "ana@example.org>\r\nRCPT TO:<eve@example.org";

      assertThat(Await.failure(post(server.port(), "none", "").send(mail(several))).reason())
          .isEqualTo(Reason.INVALID);
      assertThat(server.to("eve@example.org")).isEmpty();
    }
  }

  @Test
  void aMailIsNotPartOfItsTextForm() {
    assertThat(mail("ana@example.org").toString()).doesNotContain("ana", "Grüße", "Zeile");
  }

  /** A server that takes no mail for anybody. */
  private io.vertx.core.Future<NetServer> refusing(int code) {
    return vertx
        .createNetServer()
        .connectHandler(socket -> refuse(socket, code))
        .listen(0, "127.0.0.1");
  }

  private static void refuse(NetSocket socket, int code) {
    socket.write("220 here\r\n");
    socket.handler(
        command -> {
          String said = command.toString();
          if (said.startsWith("RCPT")) {
            socket.write(code + " <ana@example.org> no\r\n");
          } else if (said.startsWith("QUIT")) {
            socket.end();
          } else {
            socket.write("250 fine\r\n");
          }
        });
  }
}
