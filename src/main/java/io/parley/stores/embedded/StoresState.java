package io.parley.stores.embedded;

import com.fasterxml.jackson.core.type.TypeReference;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs below a data directory, as last known; kept in {@code stores.json}. The ports are kept
 * when nothing runs, so that the servers come back where they were.
 */
final class StoresState {
  private static final Logger LOG = LoggerFactory.getLogger(StoresState.class);
  private static final TypeReference<Map<String, ServerState>> TYPE = new TypeReference<>() {};

  private final DataDirectory data;
  private final Map<String, ServerState> servers = new TreeMap<>();

  /**
   * One server.
   *
   * @param pid of its process, or of the one it lives in
   * @param started when that process started, so that a reused pid is not taken for it
   */
  record ServerState(int port, long pid, Instant started) {
    private static final Duration BLUR = Duration.ofSeconds(2);

    /** Whether it is this process; start times are known to about a second. */
    boolean is(ProcessHandle process) {
      return process.pid() == pid
          && process
              .info()
              .startInstant()
              .filter(start -> Duration.between(start, started).abs().compareTo(BLUR) < 0)
              .isPresent();
    }
  }

  private StoresState(DataDirectory data) {
    this.data = data;
  }

  /** Reads it. */
  static StoresState of(DataDirectory data) {
    StoresState state = new StoresState(data);
    state.read();
    return state;
  }

  synchronized Optional<ServerState> server(String name) {
    return Optional.ofNullable(servers.get(name));
  }

  synchronized void put(String name, int port, ProcessHandle process) {
    Instant started = process.info().startInstant().orElse(Instant.EPOCH);
    read();
    servers.put(name, new ServerState(port, process.pid(), started));
    try {
      DataDirectory.writePrivate(data.state(), Json.write(servers));
    } catch (IOException e) {
      throw new StoresException("cannot write " + data.state() + ": " + e.getMessage(), e);
    }
  }

  /** A damaged file counts as none: it holds nothing that cannot be found out. */
  private void read() {
    if (!Files.exists(data.state())) {
      return;
    }
    try {
      servers.putAll(Json.mapper().readValue(Files.readAllBytes(data.state()), TYPE));
    } catch (IOException damaged) {
      LOG.warn("{} cannot be read: {}", data.state(), damaged.getMessage());
    }
  }
}
