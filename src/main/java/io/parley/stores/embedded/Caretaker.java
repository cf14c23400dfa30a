package io.parley.stores.embedded;

import io.parley.stores.embedded.EmbeddedServer.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to it that servers run as they should: finds those that a killed process left, starts what
 * is missing, replaces what does not fit. Only while holding {@link DataLock.Place#CHANGE}.
 */
final class Caretaker {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration SIGNAL = Duration.ofSeconds(15);
  private static final int ATTEMPTS = 5;

  private final DataDirectory data;
  private final StoresState state;
  private final Consumer<String> progress;

  Caretaker(DataDirectory data, StoresState state, Consumer<String> progress) {
    this.data = data;
    this.state = state;
    this.progress = progress;
  }

  /**
   * Makes sure that the server runs. Returns its port.
   *
   * @param shared whether other processes use it, so that it must not be replaced
   */
  int ensure(EmbeddedServer server, boolean shared) throws IOException {
    Optional<ProcessHandle> found = find(server);
    if (found.isPresent()) {
      Optional<Integer> port = adopt(server, found.get(), shared);
      if (port.isPresent()) {
        return port.get();
      }
    }
    return start(server);
  }

  /** Stops the server if it runs, orderly if it can be. */
  void stop(EmbeddedServer server) {
    find(server).ifPresent(process -> stop(server, process));
  }

  /** The process of the server, whoever started it. */
  Optional<ProcessHandle> find(EmbeddedServer server) {
    return ServerProcess.find(server.pidFile(), server.directory(), state.server(server.key()));
  }

  private void stop(EmbeddedServer server, ProcessHandle process) {
    if (!ServerProcess.stop(process, server.stopSignals(), SIGNAL)) {
      throw new StoresException(server.name() + " (pid " + process.pid() + ") does not stop");
    }
  }

  private Optional<Integer> adopt(EmbeddedServer server, ProcessHandle process, boolean shared) {
    Optional<Integer> port = state.server(server.key()).map(StoresState.ServerState::port);
    Verdict verdict =
        port.map(known -> await(server, process, known, ANSWER))
            .orElse(Verdict.unfit("nobody knows its port"));
    String who = server.name() + " (pid " + process.pid() + ")";
    if (port.isPresent() && verdict.kind() == Verdict.Kind.FIT) {
      state.put(server.key(), port.get(), process);
      progress.accept((shared ? "using " : "adopted ") + who + " on port " + port.get());
      return port;
    }
    if (shared) {
      throw new StoresException(
          "other processes use "
              + who
              + " below "
              + data.root()
              + ", but "
              + verdict.why()
              + "; stop them first");
    }
    progress.accept("replacing " + who + " of an earlier run: " + verdict.why());
    stop(server, process);
    return Optional.empty();
  }

  private int start(EmbeddedServer server) throws IOException {
    int wanted =
        state
            .server(server.key())
            .map(StoresState.ServerState::port)
            .orElseGet(server::preferredPort);
    for (int attempt = 1; ; attempt++) {
      int port = FreePort.from(Loopback.HOST, wanted);
      server.prepare(port);
      ProcessHandle process =
          ServerProcess.start(server.command(port), server.directory(), data.log(server.key()));
      state.put(server.key(), port, process);
      Verdict verdict = await(server, process, port, START);
      if (verdict.kind() == Verdict.Kind.FIT) {
        progress.accept(server.name() + " runs on port " + port + " (pid " + process.pid() + ")");
        return port;
      }
      boolean died = !ServerProcess.isAlive(process);
      stop(server, process);
      if (!died || FreePort.isFree(Loopback.HOST, port) || attempt == ATTEMPTS) {
        throw new StoresException(
            server.name()
                + " does not start: "
                + verdict.why()
                + "; "
                + ServerProcess.tail(data.log(server.key())));
      }
      wanted = port + attempt;
    }
  }

  private static Verdict await(
      EmbeddedServer server, ProcessHandle process, int port, Duration most) {
    return Patience.poll(most, () -> settled(server, process, port)).orElse(Verdict.NOT_YET);
  }

  private static Optional<Verdict> settled(EmbeddedServer server, ProcessHandle process, int port) {
    if (!ServerProcess.isAlive(process)) {
      return Optional.of(Verdict.unfit("its process ended"));
    }
    return Optional.of(server.check(port))
        .filter(verdict -> verdict.kind() != Verdict.Kind.NOT_YET);
  }
}
