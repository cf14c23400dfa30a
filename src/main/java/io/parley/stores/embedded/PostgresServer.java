package io.parley.stores.embedded;

import io.parley.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * PostgreSQL. Every commit waits for the disk; everybody needs a password, over TCP on loopback;
 * there is no Unix socket.
 */
final class PostgresServer implements EmbeddedServer {
  static final String KEY = "postgres";

  private static final int PORT = 15_432;
  private static final String MAJOR = "18";
  private static final Duration INITDB = Duration.ofMinutes(2);
  private static final String HBA =
      "# Written by Parley at each start.\nhost all all 127.0.0.1/32 scram-sha-256\n";

  /** What must hold however it was started; checked before an orphan is adopted. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "on",
          "full_page_writes", "on",
          "synchronous_commit", "on",
          "password_encryption", "scram-sha-256",
          "listen_addresses", Loopback.HOST,
          "unix_socket_directories", "");

  private static final Duration BURIAL = Duration.ofSeconds(10);

  /**
   * What makes it a better neighbour, and does not matter for adoption. Unless it is terse it tells
   * whole rows in its log, with what people wrote.
   */
  private static final Map<String, String> COMFORT =
      Map.of(
          "jit", "off",
          "timezone", "UTC",
          "log_timezone", "UTC",
          "log_min_messages", "warning",
          "log_error_verbosity", "terse",
          "log_checkpoints", "off",
          "cluster_name", "parley");

  private final DataDirectory data;
  private final Path home;
  private final Unprivileged unprivileged;
  private final Secret ownerPassword;
  private final int connections;
  private final PostgresProbe probe;
  private final Consumer<String> progress;

  PostgresServer(
      DataDirectory data, Path home, Secrets secrets, int connections, Consumer<String> progress)
      throws IOException {
    this.data = data;
    this.home = home;
    this.unprivileged = Unprivileged.way(home.resolve("bin/postgres"), data);
    this.ownerPassword = secrets.postgresOwner();
    this.connections = connections;
    this.probe = new PostgresProbe(data.postgres(), secrets, connections);
    this.progress = progress;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public Path directory() {
    return data.postgres();
  }

  @Override
  public Path pidFile() {
    return data.postgres().resolve("postmaster.pid");
  }

  @Override
  public int preferredPort() {
    return Loopback.port(PORT, data.root());
  }

  @Override
  public void prepare(int port) throws IOException {
    if (!Files.exists(directory().resolve("PG_VERSION"))) {
      initialise();
    }
    String version = Files.readString(directory().resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR)) {
      throw new StoresException(
          directory()
              + " was written by PostgreSQL "
              + version
              + ", and this is PostgreSQL "
              + MAJOR
              + "; dump it with the old Parley and restore it with the new one");
    }
    Path hba = directory().resolve("pg_hba.conf");
    DataDirectory.writePrivate(hba, HBA);
    unprivileged.give(hba);
    awaitBurial();
  }

  /**
   * A postmaster that was killed keeps its number until its parent has collected it, and the next
   * one would take it for alive.
   */
  private void awaitBurial() throws IOException {
    if (!Files.exists(pidFile())) {
      return;
    }
    String first = Files.readAllLines(pidFile()).stream().findFirst().orElse("").strip();
    if (first.matches("\\d{1,9}")) {
      long last = Long.parseLong(first);
      Patience.until(BURIAL, () -> !ServerProcess.isZombie(last));
    }
  }

  @Override
  public List<String> command(int port) {
    Map<String, String> settings = new TreeMap<>(SETTINGS);
    settings.putAll(COMFORT);
    settings.put("port", String.valueOf(port));
    settings.put("max_connections", String.valueOf(connections));
    List<String> command =
        new ArrayList<>(List.of(home.resolve("bin/postgres").toString(), "-D", "" + directory()));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return unprivileged.command(command);
  }

  @Override
  public Verdict check(int port) {
    return probe.check(port);
  }

  /**
   * INT is the fast shutdown, which waits for no client; QUIT leaves recovery to the next start.
   */
  @Override
  public List<String> stopSignals() {
    return List.of("INT", "QUIT", "KILL");
  }

  /** In a directory beside, so that an interrupted initdb leaves nothing that looks finished. */
  private void initialise() throws IOException {
    progress.accept("initialising PostgreSQL in " + directory() + " (once)");
    Path fresh = data.root().resolve("postgres.new");
    delete(fresh);
    DataDirectory.makePrivate(fresh);
    unprivileged.give(fresh);
    Path password = data.root().resolve("postgres.password");
    DataDirectory.writePrivate(password, ownerPassword.value());
    unprivileged.give(password);
    try {
      List<String> initdb =
          List.of(
              home.resolve("bin/initdb").toString(),
              "--pgdata=" + fresh,
              "--username=" + PostgresProbe.OWNER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8");
      if (ServerProcess.run(unprivileged.command(initdb), INITDB).isEmpty()) {
        throw new StoresException(
            "PostgreSQL cannot be initialised in "
                + directory()
                + "; is the disk full? The program is "
                + home.resolve("bin/initdb"));
      }
    } finally {
      Files.delete(password);
    }
    Files.move(fresh, directory(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
