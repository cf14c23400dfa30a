package io.parley.stores.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.parley.config.S3Config;
import io.parley.config.Secret;
import io.parley.fixtures.ParleyProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final StoresProcess stores;

  EmbeddedStoresIT(@TempDir Path dir) {
    this.stores = new StoresProcess(dir.resolve("data"));
  }

  /** A failed test must not leave servers behind, nor files that a server still writes. */
  @AfterEach
  void stopWhatStillRuns() {
    for (String server : List.of("postgres/postmaster.pid", "redis/redis.pid")) {
      Path pidFile = stores.data().root().resolve(server);
      Path directory = pidFile.resolveSibling("");
      ServerProcess.find(pidFile, directory, Optional.empty())
          .ifPresent(
              left -> ServerProcess.stop(left, List.of("QUIT", "KILL"), Duration.ofSeconds(10)));
    }
  }

  @Test
  void theServersKeepWhatTheyAcknowledgeAndLetNobodyInWithoutPassword() throws Exception {
    try (ParleyProcess process = stores.start()) {
      assertThat(stores.sql("show fsync")).containsExactly("on");
      assertThat(stores.sql("show synchronous_commit")).containsExactly("on");
      assertThat(stores.sql("show full_page_writes")).containsExactly("on");
      assertThat(stores.sql("show password_encryption")).containsExactly("scram-sha-256");
      assertThat(stores.sql("show listen_addresses")).containsExactly("127.0.0.1");
      assertThat(stores.sql("select rolsuper::text from pg_roles where rolname = current_user"))
          .containsExactly("false");
      assertThat(owner("show unix_socket_directories")).containsExactly("");
      assertThat(owner("select distinct auth_method from pg_hba_file_rules"))
          .containsExactly("scram-sha-256");

      assertThatThrownBy(() -> stores.sql("parley", "wrong", "select 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThatThrownBy(() -> stores.sql("postgres", "postgres", "select 1"))
          .isInstanceOf(SQLException.class);
      int redis = stores.config().redis().port();
      assertThat(stores.redis(redis, "PING")).startsWith("-NOAUTH");
      assertThat(stores.redis(redis, "AUTH wrong")).startsWith("-WRONGPASS");
      assertThat(stores.redis("PING")).isEqualTo("+PONG");
      assertThat(stores.redis("INFO persistence")).isNotEmpty();

      S3Config s3 = stores.config().s3();
      put(s3, "greeting", "hello");
      assertThat(get(s3, "greeting")).isEqualTo("hello");
      S3Config stranger =
          new S3Config(
              s3.endpoint(), "", s3.accessKey(), new Secret("wrong"), s3.bucket(), s3.region());
      assertThatThrownBy(() -> get(stranger, "greeting")).hasMessageContaining("signature");
      assertThat(process.isAlive()).isTrue();
    }
  }

  @Test
  void secretsAreGeneratedOnceAndReadableByTheirOwnerOnly() throws IOException {
    Path root = stores.data().root();
    stores.start().close();
    String secrets = Files.readString(root.resolve("secrets.json"));
    ParleyProcess second = stores.start();

    assertThat(mode(root)).isEqualTo("rwx------");
    assertThat(mode(root.resolve("secrets.json"))).isEqualTo("rw-------");
    assertThat(mode(root.resolve("redis/redis.conf"))).isEqualTo("rw-------");
    assertThat(mode(root.resolve("postgres"))).isEqualTo("rwx------");
    assertThat(root.resolve("secrets.json")).hasContent(secrets);
    assertThat(String.join("\n", second.output()))
        .doesNotContain(stores.config().postgres().password().value());
    assertThat(stores.redis().info().commandLine().orElse(""))
        .doesNotContain(stores.config().redis().password().value());
    second.close();
  }

  @Test
  void theLastProcessLeavesNoServerBehind() {
    ParleyProcess process = stores.start();
    ProcessHandle postgres = stores.postgres();
    ProcessHandle redis = stores.redis();

    process.terminate();

    assertThat(ServerProcess.isAlive(postgres)).isFalse();
    assertThat(ServerProcess.isAlive(redis)).isFalse();
    assertThat(process.output()).last().isEqualTo("the stores are stopped");
    assertThat(stores.data().log("postgres")).content().doesNotContain("was not properly shut");
  }

  @Test
  void whatAKilledRunLeftIsAdoptedWithItsDataAndStoppedAtTheEnd() throws Exception {
    ParleyProcess first = stores.start();
    stores.sql("create table kept (word text)");
    stores.sql("insert into kept values ('kept')");
    stores.redis("SET kept word");
    put(stores.config().s3(), "kept", "word");
    ProcessHandle postgres = stores.postgres();
    ProcessHandle redis = stores.redis();

    first.kill9();
    assertThat(ServerProcess.isAlive(postgres)).isTrue();
    ParleyProcess second = stores.start();

    assertThat(second.output()).anyMatch(line -> line.startsWith("adopted PostgreSQL"));
    assertThat(second.output()).anyMatch(line -> line.startsWith("adopted Redis"));
    assertThat(stores.postgres()).isEqualTo(postgres);
    assertThat(stores.sql("select word from kept")).containsExactly("kept");
    assertThat(stores.redis("GET kept")).isEqualTo("word");
    assertThat(get(stores.config().s3(), "kept")).isEqualTo("word");

    second.terminate();
    assertThat(ServerProcess.isAlive(postgres)).isFalse();
    assertThat(ServerProcess.isAlive(redis)).isFalse();
  }

  @Test
  void nothingIsLostWhenEverythingIsKilled() throws Exception {
    ParleyProcess first = stores.start();
    stores.sql("create table kept (word text)");
    stores.sql("insert into kept values ('kept')");
    stores.redis("SET kept word");
    int port = stores.config().postgres().port();
    ProcessHandle postgres = stores.postgres();
    ProcessHandle redis = stores.redis();
    first.kill9();
    postgres.destroyForcibly();
    redis.destroyForcibly();
    await().atMost(SOON).until(() -> !ServerProcess.isAlive(postgres));
    await().atMost(SOON).until(() -> !ServerProcess.isAlive(redis));

    try (ParleyProcess second = stores.start()) {
      assertThat(second.isAlive()).isTrue();
      assertThat(stores.sql("select word from kept")).containsExactly("kept");
      assertThat(stores.redis("GET kept")).isEqualTo("word");
      assertThat(stores.config().postgres().port()).isEqualTo(port);
    }
  }

  @Test
  void anOrphanWithOtherSettingsIsReplaced() throws Exception {
    ParleyProcess first = stores.start();
    stores.sql("create table kept (word text)");
    stores.redis("SET kept word");
    int port = stores.config().postgres().port();
    stores.redis("CONFIG SET requirepass another");
    ProcessHandle redis = stores.redis();
    ProcessHandle safe = stores.postgres();
    List<String> command = commandOf(safe, port);
    first.kill9();
    ServerProcess.stop(safe, List.of("INT"), SOON);
    ProcessHandle careless =
        ServerProcess.start(command, stores.data().postgres(), stores.data().log("postgres"));
    StoresState.of(stores.data()).put("postgres", port, careless);
    await().atMost(SOON).ignoreExceptions().until(() -> stores.sql("show fsync").contains("off"));

    try (ParleyProcess second = stores.start()) {
      assertThat(second.output())
          .anyMatch(
              line ->
                  line.startsWith("replacing PostgreSQL")
                      && line.contains("fsync is 'off' and not 'on'"))
          .anyMatch(
              line -> line.startsWith("replacing Redis") && line.contains("refuses the password"));
      assertThat(ServerProcess.isAlive(careless)).isFalse();
      assertThat(ServerProcess.isAlive(redis)).isFalse();
      assertThat(stores.sql("show fsync")).containsExactly("on");
      assertThat(stores.sql("select count(*) from kept")).containsExactly("0");
      assertThat(stores.redis("GET kept")).isEqualTo("word");
    }
  }

  @Test
  void twoProcessesShareTheServersAndTheLastOneStopsThem() throws Exception {
    ParleyProcess first = stores.start();
    ProcessHandle postgres = stores.postgres();
    ParleyProcess second = stores.start();
    assertThat(second.output()).anyMatch(line -> line.startsWith("using PostgreSQL"));
    S3Config s3 = stores.config().s3();
    put(s3, "before", "word");

    first.terminate();

    assertThat(first.output()).last().isEqualTo("the stores keep running for other processes");
    assertThat(stores.sql("select 'here'")).containsExactly("here");
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(get(s3, "before")).isEqualTo("word"));
    second.terminate();
    assertThat(ServerProcess.isAlive(postgres)).isFalse();
  }

  @Test
  void aServerThatDiesIsStartedAgain() throws Exception {
    try (ParleyProcess process = stores.start()) {
      ProcessHandle postgres = stores.postgres();
      int port = stores.config().postgres().port();
      postgres.destroyForcibly();

      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> stores.sql("select 'back'").contains("back"));
      assertThat(stores.postgres()).isNotEqualTo(postgres);
      assertThat(stores.config().postgres().port()).isEqualTo(port);
      assertThat(process.isAlive()).isTrue();
    }
  }

  @Test
  void aSignalDuringTheFirstStartLeavesNothingBehind() {
    ParleyProcess process = stores.begin();
    process.awaitLine("initialising PostgreSQL");

    process.terminate();

    assertThat(StoresState.of(stores.data()).server("postgres"))
        .hasValueSatisfying(
            server -> assertThat(ProcessHandle.of(server.pid()).filter(server::is)).isEmpty());
    stores.start().close();
  }

  private List<String> owner(String statement) throws Exception {
    return stores.sql("postgres", stores.secrets().postgresOwner().value(), statement);
  }

  /** How PostgreSQL was started, but careless. */
  private List<String> commandOf(ProcessHandle postgres, int port) throws IOException {
    Binaries binaries = new Binaries(Binaries.cache(stores.data()), line -> {});
    PostgresServer server =
        new PostgresServer(stores.data(), binaries.postgres(), stores.secrets(), 200, line -> {});
    assertThat(postgres.isAlive()).isTrue();
    return server.command(port).stream()
        .map(argument -> argument.equals("fsync=on") ? "fsync=off" : argument)
        .toList();
  }

  private static void put(S3Config s3, String key, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    client(s3)
        .putObject(
            PutObjectArgs.builder().bucket(s3.bucket()).object(key).stream(
                    new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build());
  }

  private static String get(S3Config s3, String key) throws Exception {
    try (var object =
        client(s3).getObject(GetObjectArgs.builder().bucket(s3.bucket()).object(key).build())) {
      return new String(object.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static MinioClient client(S3Config s3) {
    return MinioClient.builder()
        .endpoint(s3.endpoint())
        .credentials(s3.accessKey(), s3.secretKey().value())
        .region(s3.region())
        .build();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
