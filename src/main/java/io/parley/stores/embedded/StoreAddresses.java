package io.parley.stores.embedded;

import io.parley.config.Config;
import io.parley.config.PostgresConfig;
import io.parley.config.RedisConfig;
import io.parley.config.S3Config;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the rest of the process where the embedded stores are and what opens them. */
final class StoreAddresses {
  private StoreAddresses() {}

  static Config in(Config config, StoresState state, Secrets secrets) {
    return config.withStores(
        new PostgresConfig(
            Loopback.HOST,
            port(state, PostgresServer.KEY),
            PostgresProbe.DATABASE,
            PostgresProbe.USER,
            secrets.postgres(),
            config.postgres().poolSize(),
            config.postgres().statementTimeout()),
        new RedisConfig(Loopback.HOST, port(state, RedisServer.KEY), secrets.redis()),
        new S3Config(
            "http://" + Loopback.HOST + ":" + port(state, S3Server.KEY),
            config.s3().publicUrl(),
            secrets.s3AccessKey(),
            secrets.s3SecretKey(),
            config.s3().bucket(),
            config.s3().region()),
        config.auth().jwtSecret().present() ? config.auth().jwtSecret() : secrets.jwt(),
        config.cluster().secret().present() ? config.cluster().secret() : secrets.cluster());
  }

  static Optional<Config> running(DataDirectory data, Config config) {
    StoresState state = StoresState.of(data);
    boolean all =
        Files.exists(data.secrets())
            && Stream.of(PostgresServer.KEY, RedisServer.KEY, S3Server.KEY)
                .allMatch(key -> state.server(key).filter(StoreAddresses::lives).isPresent());
    try {
      return all
          ? Optional.of(in(config, state, Secrets.of(data, new SecureRandom())))
          : Optional.empty();
    } catch (IOException e) {
      throw new StoresException("cannot read " + data.secrets() + ": " + e.getMessage(), e);
    }
  }

  private static boolean lives(StoresState.ServerState server) {
    return ProcessHandle.of(server.pid())
        .filter(server::is)
        .filter(ServerProcess::isAlive)
        .isPresent();
  }

  private static int port(StoresState state, String key) {
    return state
        .server(key)
        .map(StoresState.ServerState::port)
        .orElseThrow(() -> new StoresException("nobody knows the port of " + key));
  }
}
