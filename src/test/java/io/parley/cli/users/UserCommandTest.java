package io.parley.cli.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.StaffApi;
import io.parley.accounts.UserId;
import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import io.parley.config.PostgresConfig;
import io.parley.failure.Failure;
import io.parley.fixtures.TestPostgres;
import io.parley.json.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** Accounts at the command line, on a real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class UserCommandTest {
  private static final String GOOD = "correct horse battery";

  private final StringWriter out = new StringWriter();
  private Config config;
  private String complaint = "";

  @BeforeAll
  void configure(@TempDir Path dir) throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("parley.yaml"), "http:\n  publicUrl: https://chat.example.org\n");
    Config defaults = ConfigLoader.load(Optional.of(file), Map.of(), Map.of()).config();
    PostgresConfig postgres = TestPostgres.database();
    config =
        defaults.withStores(
            postgres,
            defaults.redis(),
            defaults.s3(),
            defaults.auth().jwtSecret(),
            defaults.cluster().secret());
    assertThat(run(GOOD, "create", "--username", "root", "--role", "admin", "--password-stdin"))
        .isZero();
  }

  private int run(String input, String... args) {
    Server server =
        new Server() {
          @Override
          public <T> T at(boolean begins, Consumer<String> progress, Function<Config, T> work) {
            return work.apply(config);
          }
        };
    CommandLine command = UserCommand.on(server);
    out.getBuffer().setLength(0);
    complaint = "";
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(new StringWriter(), true));
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          complaint = ((Failure) failure).reason() + ": " + failure.getMessage();
          return 1;
        });
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream((input + "\n").getBytes(StandardCharsets.UTF_8)));
    try {
      return command.execute(args);
    } finally {
      System.setIn(before);
    }
  }

  private JsonNode json(String... args) {
    assertThat(run("", args)).as(complaint).isZero();
    return Json.object(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String created(String username) {
    assertThat(run(GOOD, "create", "--username", username, "--password-stdin")).isZero();
    return UserId.fromString(out.toString().strip()).toString();
  }

  @Test
  void anAccountIsMadeByTheRulesOfSigningUp() {
    String email = "ana@example.org";
    assertThat(run(GOOD, "create", "--username", "ana", "--email", email, "--password-stdin"))
        .isZero();
    String id = out.toString().strip();

    for (String known : new String[] {id, "ANA", email}) {
      JsonNode shown = json("show", known, "--json").path("account");
      assertThat(shown.path("id").asText()).isEqualTo(id);
      assertThat(shown.path("role").asText()).isEqualTo("user");
      assertThat(shown.path("email").asText()).isEqualTo(email);
    }
    assertThat(run("short", "create", "--username", "ben", "--password-stdin")).isOne();
    assertThat(complaint).startsWith("INVALID: password");
    assertThat(run(GOOD, "create", "--username", "Ana", "--password-stdin")).isOne();
    assertThat(complaint).startsWith("ALREADY_EXISTS");
    assertThat(run("", "create", "--username", "cy", "--password-stdin")).isOne();
    assertThat(complaint).contains("standard input");
    assertThat(run(GOOD, "create", "--username", "cy", "--role", "king", "--password-stdin"))
        .isOne();
    assertThat(run(GOOD, "create", "--username", "cy", "--password", GOOD)).isEqualTo(2);
  }

  @Test
  void theFirstAdminIsMadeHereAndTheLastOneStays() {
    assertThat(json("show", "root", "--json").path("account").path("role").asText())
        .isEqualTo("admin");
    assertThat(run("", "role", "root", "user")).isOne();
    assertThat(complaint).startsWith("CONFLICT").contains("last admin");
    assertThat(run("", "disable", "root", "--reason", "x")).isOne();
    assertThat(complaint).startsWith("CONFLICT");
  }

  @Test
  void somebodyIsKeptOutAndLetInAndItIsTold() {
    String id = created("dan");

    assertThat(run("", "disable", "dan", "--reason", "too loud")).isZero();
    assertThat(out.toString()).contains("disabled", "too loud", "cli:");
    assertThat(json("list", "--disabled", "--json").toString()).contains(id);
    assertThat(run("", "reset", "dan")).isOne();
    assertThat(complaint).startsWith("CONFLICT");
    assertThat(run("", "enable", "dan")).isZero();
    assertThat(out.toString()).doesNotContain("disabled");

    JsonNode entries = json("audit", "--subject", "dan", "--json").path("entries");
    assertThat(entries.findValuesAsText("act"))
        .containsExactly("account.enabled", "account.disabled", "account.registered");
    assertThat(entries.findValuesAsText("actor"))
        .allMatch(actor -> actor.equals(Desk.operator().text()));
    assertThat(entries.toString()).doesNotContain("dan");
    assertThat(run("", "audit", "--act", "no.such")).isOne();
  }

  @Test
  void aLinkIsGivenOutOnceAndAPasswordIsSetFromTheInput() {
    created("eve");

    assertThat(run("", "reset", "eve")).isZero();
    assertThat(out.toString().strip())
        .matches("https://chat.example.org/reset-password#token=pmt_[A-Za-z0-9_-]{43}");
    assertThat(run("weak", "reset", "eve", "--password-stdin")).isOne();
    assertThat(run("another good one", "reset", "eve", "--password-stdin")).isZero();
    assertThat(out.toString()).contains("0 sessions").doesNotContain("another good one");
    assertThat(json("audit", "--subject", "eve", "--json").findValuesAsText("act"))
        .startsWith("password.reset", "password.resetAsked");
  }

  @Test
  void rolesAreGivenAndListed() {
    String id = created("fay");
    assertThat(run("", "role", "fay", "moderator")).isZero();

    assertThat(json("list", "--role", "moderator", "--json").toString()).contains(id);
    assertThat(run("", "list", "--limit", "1")).isZero();
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(run("", "revoke", "fay")).isZero();
    assertThat(out.toString()).contains("0 sessions");
    assertThat(run("", "role", "nobody", "user")).isOne();
    assertThat(complaint).startsWith("NOT_FOUND");
    assertThat(run("")).isEqualTo(2);
  }

  @Test
  void whatEndsHereEndsByTheTimeOfTheDatabaseSoThatNodesHearOfIt() {
    UserId id = UserId.fromString(created("gil"));
    Instant before = Instant.now().minusSeconds(1);
    Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10));
    try (Desk desk = new Desk(config, slow)) {
      StaffApi.Disable disable =
          new StaffApi.Disable(Desk.operator(), id, "too loud", Optional.empty());
      StaffApi.Listed listed = Desk.await(desk.staff().disable(disable));

      assertThat(listed.disabled().orElseThrow().at()).isBetween(before, Instant.now());
    }
  }

  @Test
  void whatWasDoneToAnAccountThatIsNoMoreCanBeRead() {
    String id = "0190b6c8-0000-7000-8000-00000000dead";

    assertThat(json("audit", "--subject", id, "--json").path("entries")).isEmpty();
    assertThat(json("audit", "--actor", id, "--json").path("entries")).isEmpty();
    assertThat(run("", "audit", "--subject", "whoever")).isOne();
    assertThat(complaint).startsWith("NOT_FOUND");
  }
}
