package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_OUT)
class ParleyTest {
  private final Path dir;
  private String output = "";
  private String complaints = "";

  ParleyTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void withoutACommandItTellsWhatThereIs() {
    assertThat(run()).isEqualTo(2);
    assertThat(output)
        .contains("serve", "stores", "config", "migrate", "doctor", "user", "load", "verify");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serve", "stores", "config", "migrate", "doctor", "user", "load", "verify"})
  void everyCommandExplainsItself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(output).contains("Usage: parley " + command).doesNotContain("null");
    assertThat(complaints).isEmpty();
    assertThat(run(command, "--version")).isZero();
    assertThat(output).startsWith("parley ");
  }

  @Test
  void anUnknownOptionIsWrongUse() {
    assertThat(run("serve", "--prot", "1")).isEqualTo(2);
    assertThat(output).contains("--prot");
  }

  @Test
  void theConfigurationIsPrintedWithItsSources() throws IOException {
    Path file = Files.writeString(dir.resolve("my.yaml"), "rooms:\n  maxMembers: 50\n");

    int code = run("config", "--config", file.toString(), "--set", "http.port=1", "--data", "here");

    assertThat(code).isZero();
    assertThat(output)
        .containsPattern("maxMembers: 50 +# .*my.yaml:2")
        .containsPattern("port: 1 +# the command line")
        .containsPattern("data: here +# the command line");
  }

  @Test
  void allThatIsWrongIsToldWithExitCodeTwo() {
    assertThat(run("config", "--set", "http.port=x", "--set", "admin.prot=1")).isEqualTo(2);
    assertThat(output).contains("http.port: expects").contains("admin.prot: is no key");
  }

  @Test
  void theDoctorNamesWhatIsInTheWay() throws IOException {
    Path inTheWay = Files.writeString(dir.resolve("file"), "");

    assertThat(run("doctor", "--data", inTheWay.toString())).isEqualTo(1);
    assertThat(output).contains("BAD").contains(inTheWay + " is a file");
  }

  @Test
  void theDoctorFindsNothingWrongBeforeTheFirstStart() {
    Path absent = dir.resolve("absent");

    int code =
        run(
            "doctor",
            "--data",
            absent.toString(),
            "--set",
            "http.port=0",
            "--set",
            "bridge.port=0",
            "--set",
            "admin.port=0",
            "--set",
            "cluster.port=0",
            "--set",
            "cluster.busPort=0");

    assertThat(output).contains("will be made by the first serve").doesNotContain("BAD");
    assertThat(code).isZero();
    assertThat(absent).doesNotExist();
  }

  @Test
  void theDoctorSaysWhichStoreDoesNotAnswer() {
    int code =
        run(
            "doctor",
            "--set",
            "node.embedded=false",
            "--set",
            "postgres.port=1",
            "--set",
            "redis.port=1",
            "--set",
            "s3.endpoint=http://127.0.0.1:1",
            "--set",
            "auth.jwtSecret=mK2v8Qz4Rt7Yw1Xc5Bn9Lp3Hd6Gf0SjA");

    assertThat(code).isEqualTo(1);
    assertThat(output)
        .contains("PostgreSQL at localhost:1 cannot be used")
        .contains("Redis at localhost:1 does not answer")
        .contains("S3 at http://127.0.0.1:1 does not answer");
  }

  private int run(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream saying = new PrintStream(said, true, StandardCharsets.UTF_8);
        PrintStream complaining = new PrintStream(complained, true, StandardCharsets.UTF_8)) {
      System.setOut(saying);
      System.setErr(complaining);
      return Parley.run(arguments, Map.of(), config -> Future.failedFuture("not asked for"));
    } finally {
      System.setOut(out);
      System.setErr(err);
      complaints = complained.toString(StandardCharsets.UTF_8);
      output = said.toString(StandardCharsets.UTF_8) + complaints;
    }
  }
}
