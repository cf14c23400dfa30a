package io.parley.stores.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Redis, with a password and an append-only file. */
final class RedisServer implements EmbeddedServer {
  static final String KEY = "redis";

  private static final int PORT = 16_433;

  private final DataDirectory data;
  private final Path program;
  private final Secrets secrets;
  private final RedisProbe probe;

  RedisServer(DataDirectory data, Path program, Secrets secrets) {
    this.data = data;
    this.program = program;
    this.secrets = secrets;
    this.probe = new RedisProbe(data.redis(), secrets.redis());
  }

  @Override
  public String name() {
    return "Redis";
  }

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public Path directory() {
    return data.redis();
  }

  @Override
  public Path pidFile() {
    return data.redis().resolve("redis.pid");
  }

  @Override
  public int preferredPort() {
    return Loopback.port(PORT, data.root());
  }

  /** In a file and not in the arguments, where everybody on the machine could read the password. */
  @Override
  public void prepare(int port) throws IOException {
    DataDirectory.makePrivate(directory());
    DataDirectory.writePrivate(
        configuration(),
        """
        # Written by Parley at each start.
        bind %s
        protected-mode yes
        port %d
        requirepass %s
        appendonly yes
        appendfsync everysec
        save ""
        pidfile redis.pid
        daemonize no
        always-show-logo no
        """
            .formatted(Loopback.HOST, port, secrets.redis().value()));
  }

  @Override
  public List<String> command(int port) {
    return List.of(program.toString(), configuration().toString());
  }

  @Override
  public Verdict check(int port) {
    return probe.check(port);
  }

  /** TERM makes Redis write and fsync its append-only file. */
  @Override
  public List<String> stopSignals() {
    return List.of("TERM", "KILL");
  }

  private Path configuration() {
    return directory().resolve("redis.conf");
  }
}
