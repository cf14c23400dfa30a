package io.parley.faults;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.parley.config.MongoConfig;
import io.parley.config.Secret;
import io.parley.fixtures.ParleyProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * MongoDB for the logs: the server that PARLEY_TEST_MONGO names, or a process of its own that
 * speaks the same protocol and keeps everything in memory. Rows say which it was.
 */
final class WireMongo implements AutoCloseable {
  private static final String LISTENS = "MongoDB's protocol is spoken on port ";

  private final Optional<ParleyProcess> process;
  private final String member;

  WireMongo(Path data) {
    String real = System.getenv("PARLEY_TEST_MONGO");
    if (real == null || real.isBlank()) {
      ParleyProcess server =
          ParleyProcess.command("mongo", data).main(WireMongo.class).jvm("-Xmx512m").start();
      String line = server.awaitLine(LISTENS);
      process = Optional.of(server);
      member = "127.0.0.1:" + line.substring(line.indexOf(LISTENS) + LISTENS.length()).strip();
    } else {
      process = Optional.empty();
      member = real;
    }
  }

  public static void main(String[] arguments) {
    MongoServer server = new MongoServer(new MemoryBackend());
    int port = server.bind().getPort();
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(LISTENS + port);
  }

  /** What a row is called. */
  String name(String fault) {
    return (process.isPresent() ? "MongoDB (wire server, not a real one): " : "MongoDB: ") + fault;
  }

  MongoConfig config() {
    String database = "t" + UUID.randomUUID().toString().replace("-", "");
    return new MongoConfig(member, 27_017, "", database, "", new Secret(""), "admin", false, 8);
  }

  @Override
  public void close() {
    process.ifPresent(ParleyProcess::close);
  }
}
