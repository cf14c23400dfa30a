package io.parley.cli;

import io.parley.config.Config;
import io.parley.config.Hosts;
import io.parley.config.PostgresConfig;
import io.parley.config.RedisConfig;
import io.parley.config.S3Config;
import io.parley.failure.Failure;
import io.parley.stores.postgres.PostgresCheckup;
import io.parley.stores.postgres.PostgresMigrations;
import io.parley.tls.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the stores: do they answer, do they let us in, do their clocks agree with ours? */
final class StoresDoctor {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration CLOCKS = Duration.ofSeconds(1);

  private final List<Finding> findings = new ArrayList<>();

  /** Looks at those that a node with these roles speaks to. */
  List<Finding> examine(Config config) {
    List<String> roles = config.node().roles();
    if (roles.contains("persistence")) {
      postgres(config.postgres());
      if (config.log().inMongo()) {
        findings.addAll(MongoDoctor.examine(config.mongo()));
        clear("MongoDB", config.mongo().host().split("[:,]", 2)[0], !config.mongo().tls());
      }
      redis(config.redis());
    }
    if (roles.contains("media")) {
      s3(config.s3());
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("a node with these roles needs no store"));
    }
    return findings;
  }

  private void postgres(PostgresConfig config) {
    String where = "PostgreSQL at " + config.host() + ":" + config.port();
    try {
      PostgresCheckup found = PostgresCheckup.of(config);
      findings.add(Finding.ok(where + " answers, version " + found.version()));
      clock(found.ahead());
      int pending = PostgresMigrations.pending(config);
      findings.add(
          pending == 0
              ? Finding.ok("the database schema is up to date")
              : Finding.attention(
                  pending
                      + " steps of the database schema are missing; serve or migrate applies"
                      + " them"));
    } catch (IllegalStateException e) {
      findings.add(Finding.bad(where + " cannot be used: " + e.getMessage()));
    } catch (Failure e) {
      findings.add(Finding.bad(String.valueOf(e.getMessage())));
    }
    clear(where, config.host(), config.encryption() == PostgresConfig.Encryption.NONE);
  }

  private void clear(String where, String host, boolean plain) {
    if (plain && !Hosts.isLoopback(host)) {
      findings.add(
          Finding.attention(
              where + " is spoken to without TLS; see that nobody else is on the way there"));
    }
  }

  private void clock(Duration ahead) {
    String text = "PostgreSQL's clock differs from ours by " + ahead.abs().toMillis() + " ms";
    findings.add(
        ahead.abs().compareTo(CLOCKS) <= 0
            ? Finding.ok(text)
            : Finding.bad(text + "; let an NTP client set both machines, or no node gets ready"));
  }

  private void redis(RedisConfig config) {
    String where = "Redis at " + config.host() + ":" + config.port();
    clear(where, config.host(), !config.tls());
    try (Socket socket = RedisSocket.open(config, PATIENCE)) {
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String commands =
          (config.password().present() ? "AUTH " + config.password().value() + "\r\n" : "")
              + "PING\r\n";
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
      String reply = config.password().present() ? skipOk(replies) : replies.readLine();
      findings.add(
          "+PONG".equals(reply)
              ? Finding.ok(where + " answers")
              : Finding.bad(where + " says " + reply + "; is redis.password right?"));
    } catch (IOException e) {
      String why = Trust.doubt(e, "redis.authority").orElse(String.valueOf(e.getMessage()));
      findings.add(Finding.bad(where + " does not answer: " + why));
    } catch (Failure e) {
      findings.add(Finding.bad(String.valueOf(e.getMessage())));
    }
  }

  private static String skipOk(BufferedReader replies) throws IOException {
    String first = String.valueOf(replies.readLine());
    return first.equals("+OK") ? String.valueOf(replies.readLine()) : first;
  }

  /** Any answer will do, a refusal too: we ask without a signature. */
  private void s3(S3Config config) {
    String where = "S3 at " + config.endpoint();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(config.endpoint())).timeout(PATIENCE).build();
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .sslContext(Trust.of("s3.authority", config.authority()).context())
          .build()
          .send(request, HttpResponse.BodyHandlers.discarding());
      findings.add(Finding.ok(where + " answers"));
    } catch (IOException e) {
      String why = Trust.doubt(e, "s3.authority").map(doubt -> " (" + doubt + ")").orElse("");
      findings.add(Finding.bad(where + " does not answer" + why + "; media cannot be kept"));
    } catch (Failure e) {
      findings.add(Finding.bad(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
