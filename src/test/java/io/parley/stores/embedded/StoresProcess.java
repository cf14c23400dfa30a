package io.parley.stores.embedded;

import io.parley.cli.EmptyNode;
import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import io.parley.config.PostgresConfig;
import io.parley.fixtures.ParleyProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code parley stores} as a process, and the servers that it runs. */
final class StoresProcess {
  private final DataDirectory data;

  StoresProcess(Path data) {
    this.data = DataDirectory.open(data);
  }

  ParleyProcess start() {
    ParleyProcess process = begin();
    process.awaitLine("The stores are ready");
    return process;
  }

  ParleyProcess begin() {
    return ParleyProcess.command("stores", data.root()).main(EmptyNode.class).start();
  }

  DataDirectory data() {
    return data;
  }

  Config config() {
    return StoreAddresses.in(ConfigLoader.defaults(), StoresState.of(data), secrets());
  }

  Secrets secrets() {
    try {
      return Secrets.of(data, new SecureRandom());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcessHandle postgres() {
    return find(data.postgres().resolve("postmaster.pid"), data.postgres());
  }

  ProcessHandle redis() {
    return find(data.redis().resolve("redis.pid"), data.redis());
  }

  private static ProcessHandle find(Path pidFile, Path directory) {
    return ServerProcess.find(pidFile, directory, Optional.empty()).orElseThrow();
  }

  /** The first column of the answer. */
  List<String> sql(String statement) throws SQLException {
    PostgresConfig postgres = config().postgres();
    return sql(postgres.user(), postgres.password().value(), statement);
  }

  List<String> sql(String user, String password, String statement) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + config().postgres().port() + "/parley";
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement execution = connection.createStatement()) {
      List<String> answer = new ArrayList<>();
      if (execution.execute(statement)) {
        try (ResultSet rows = execution.getResultSet()) {
          while (rows.next()) {
            answer.add(rows.getString(1));
          }
        }
      }
      return answer;
    }
  }

  /** The last line of the answers to these commands, without logging in. */
  String redis(int port, String... commands) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String reply = "";
      for (String command : commands) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        reply = String.valueOf(replies.readLine());
        if (reply.startsWith("$") && !reply.equals("$-1")) {
          reply = String.valueOf(replies.readLine());
        }
      }
      return reply;
    }
  }

  /** The same, logged in. */
  String redis(String command) throws IOException {
    return redis(config().redis().port(), "AUTH " + config().redis().password().value(), command);
  }
}
