package io.parley.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.Processes;
import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL and Redis as {@code parley stores} runs them, which starts again what has died. */
final class StoreServers implements AutoCloseable {
  private final Path data;
  private final ParleyProcess stores;

  StoreServers(Path data) {
    this.data = data;
    this.stores = ParleyProcess.command("stores", data).start();
    stores.awaitLine("The stores are ready");
  }

  /** The number of a server's first process. */
  long pid(String server) {
    try {
      JsonNode state = Json.mapper().readTree(Files.readAllBytes(data.resolve("stores.json")));
      return state.path(server).path("pid").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kill -9 of a server's first process; the others of PostgreSQL end when they notice. */
  long kill(String server) {
    long before = pid(server);
    Processes.signal(before, "KILL");
    return before;
  }

  /** Ends it in order, as somebody who restarts it would. */
  long terminate(String server) {
    long before = pid(server);
    Processes.signal(before, "INT");
    return before;
  }

  /** Returns when another process serves in place of this one. */
  void awaitAnother(String server, long before) {
    FaultCluster.patiently(server + " again").until(() -> pid(server) != before && lives(server));
  }

  private boolean lives(String server) {
    return ProcessHandle.of(pid(server)).isPresent();
  }

  /** Stops all processes of a server, which keep their sockets and answer nothing. */
  List<ProcessHandle> freeze(String server) {
    ProcessHandle first = ProcessHandle.of(pid(server)).orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(first), first.descendants()).toList();
    all.forEach(process -> Processes.signal(process.pid(), "STOP"));
    return all;
  }

  /** They go on where they were stopped. */
  static void thaw(List<ProcessHandle> frozen) {
    frozen.stream()
        .filter(ProcessHandle::isAlive)
        .forEach(process -> Processes.signal(process.pid(), "CONT"));
  }

  @Override
  public void close() {
    stores.terminate();
  }
}
