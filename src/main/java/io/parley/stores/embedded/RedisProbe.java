package io.parley.stores.embedded;

import io.parley.config.Secret;
import io.parley.stores.embedded.EmbeddedServer.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at a Redis: is it ours, is it set as it must be? */
final class RedisProbe {
  private static final int TIMEOUT_MS = 2_000;

  private final Path directory;
  private final Secret password;

  RedisProbe(Path directory, Secret password) {
    this.directory = directory;
    this.password = password;
  }

  Verdict check(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.at(port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return check(socket.getOutputStream(), replies);
    } catch (IOException unreachable) {
      return Verdict.NOT_YET;
    }
  }

  private Verdict check(OutputStream requests, BufferedReader replies) throws IOException {
    if (!ask(requests, replies, "PING").startsWith("-NOAUTH")) {
      return Verdict.unfit("it asks for no password");
    }
    if (!ask(requests, replies, "AUTH " + password.value()).equals("+OK")) {
      return Verdict.unfit("it refuses the password in secrets.json");
    }
    String loaded = ask(requests, replies, "PING");
    if (loaded.startsWith("-LOADING")) {
      return Verdict.NOT_YET;
    }
    for (List<String> wanted :
        List.of(
            List.of("appendonly", "yes"),
            List.of("appendfsync", "everysec"),
            List.of("bind", Loopback.HOST))) {
      String actual = setting(requests, replies, wanted.get(0));
      if (!actual.equals(wanted.get(1))) {
        return Verdict.unfit(
            wanted.get(0) + " is '" + actual + "' and not '" + wanted.get(1) + "'");
      }
    }
    return Files.isSameFile(Path.of(setting(requests, replies, "dir")), directory)
        ? Verdict.FIT
        : Verdict.unfit("it keeps its data elsewhere");
  }

  /** CONFIG GET answers an array of name and value, each with its length on a line before. */
  private static String setting(OutputStream requests, BufferedReader replies, String name)
      throws IOException {
    String reply = ask(requests, replies, "CONFIG GET " + name);
    if (!reply.equals("*2")) {
      throw new IOException("Redis answers " + reply);
    }
    String value = "";
    for (int line = 0; line < 4; line++) {
      value = line(replies);
    }
    return value;
  }

  private static String ask(OutputStream requests, BufferedReader replies, String command)
      throws IOException {
    requests.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    requests.flush();
    return line(replies);
  }

  private static String line(BufferedReader replies) throws IOException {
    String line = replies.readLine();
    if (line == null) {
      throw new IOException("Redis closed the connection");
    }
    return line;
  }
}
