package io.parley.mail;

import io.parley.config.MailConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Mails by SMTP, each over a connection of its own. */
public final class SmtpPost implements Post {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int AT_ONCE = 4;

  /** What a server says of a recipient or a mail, and not of who sends it. */
  private static final Set<Integer> FINAL = Set.of(550, 551, 553, 554);

  private final MailClient client;
  private final String from;
  private final String name;

  /**
   * @param name of this server, as mail servers are told it
   */
  public SmtpPost(Vertx vertx, MailConfig config, String name) {
    this.client = MailClient.create(vertx, options(config, name));
    this.from = config.from();
    this.name = name;
  }

  @Override
  public Future<Void> send(Mail mail) {
    MailMessage message =
        new MailMessage()
            .setFrom(from)
            .setTo(mail.to())
            .setSubject(mail.subject())
            .setText(mail.text())
            .addHeader("Message-ID", "<" + mail.id() + "@" + name + ">")
            .addHeader("Auto-Submitted", "auto-generated");
    return Future.succeededFuture()
        .compose(start -> client.sendMail(message))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(failure(cause)));
  }

  /** Lets go of its connections. */
  public Future<Void> close() {
    return client.close();
  }

  /** Without the server's own words, which may name the recipient. */
  private static Failure failure(Throwable cause) {
    if (cause instanceof SMTPException refused) {
      Reason reason = FINAL.contains(refused.getReplyCode()) ? Reason.INVALID : Reason.UNAVAILABLE;
      return Failure.of(reason, "the mail server answered " + refused.getReplyCode());
    }
    if (cause instanceof IllegalArgumentException) {
      return Failure.of(Reason.INVALID, "no mail can be made of this");
    }
    return Failure.of(Reason.UNAVAILABLE, "the mail server: " + cause.getClass().getSimpleName());
  }

  private static io.vertx.ext.mail.MailConfig options(MailConfig config, String name) {
    io.vertx.ext.mail.MailConfig options =
        new io.vertx.ext.mail.MailConfig(config.host(), config.port())
            .setOwnHostname(name)
            .setUserAgent("parley")
            .setMaxPoolSize(AT_ONCE)
            .setKeepAlive(false)
            .setStarttls(
                config.tls().equals("starttls")
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setSsl(config.tls().equals("tls"))
            .setHostnameVerificationAlgorithm("HTTPS")
            .setConnectTimeout((int) CONNECT.toMillis())
            .setIdleTimeout((int) SILENCE.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setLogin(config.user().isEmpty() ? LoginOption.DISABLED : LoginOption.REQUIRED);
    return config.user().isEmpty()
        ? options
        : options.setUsername(config.user()).setPassword(config.password().value());
  }
}
