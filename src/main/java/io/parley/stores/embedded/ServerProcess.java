package io.parley.stores.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that runs as a process in a session of its own, started by us or by one before us. */
final class ServerProcess {
  private static final long LOG_BYTES = 4L << 20;
  private static final int TAIL_LINES = 5;

  private ServerProcess() {}

  /**
   * Starts one, with its output in a log. In a session of its own it outlives us, and no Ctrl-C
   * reaches it before us.
   */
  static ProcessHandle start(List<String> command, Path directory, Path log) {
    try {
      rotate(log);
      List<String> detached = new ArrayList<>(ownSession());
      detached.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(detached).directory(directory.toFile());
      builder.environment().put("LC_ALL", "C");
      return builder
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start()
          .toHandle();
    } catch (IOException e) {
      throw new StoresException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  /**
   * The process that a pid file names, if it lives and really is that server: a pid is soon used
   * again, but nobody else has this working directory.
   */
  static Optional<ProcessHandle> find(
      Path pidFile, Path directory, Optional<StoresState.ServerState> known) {
    return pid(pidFile)
        .flatMap(ProcessHandle::of)
        .filter(ServerProcess::isAlive)
        .filter(process -> worksIn(process, directory, known));
  }

  /** Whether it runs; one that is dead but not yet collected by its parent does not. */
  static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  /** Sends signals, each with its time to take effect, until the process is gone. */
  static boolean stop(ProcessHandle process, List<String> signals, Duration each) {
    for (String signal : signals) {
      if (!isAlive(process)) {
        return true;
      }
      signal(process, signal);
      if (Patience.until(each, () -> !isAlive(process))) {
        return true;
      }
    }
    return !isAlive(process);
  }

  /** The last lines of a log, for the message that says why a server did not start. */
  static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      return "the end of " + log + " says:\n  " + String.join("\n  ", last);
    } catch (IOException unreadable) {
      return "see " + log;
    }
  }

  /** Runs a short command to its end. Returns what it printed, empty when it failed. */
  static Optional<String> run(List<String> command, Duration most) {
    try {
      Path output = Files.createTempFile("parley", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean done = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        if (!done) {
          process.destroyForcibly();
        }
        return done && process.exitValue() == 0
            ? Optional.of(Files.readString(output))
            : Optional.empty();
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Java sends TERM and KILL only, and PostgreSQL's orderly stop is INT. */
  private static void signal(ProcessHandle process, String name) {
    run(List.of("/bin/sh", "-c", "kill -" + name + " " + process.pid()), Duration.ofSeconds(5));
  }

  private static Optional<Long> pid(Path pidFile) {
    try {
      String first = Files.readAllLines(pidFile).stream().findFirst().orElse("");
      return Optional.of(Long.parseLong(first.strip()));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static boolean worksIn(
      ProcessHandle process, Path directory, Optional<StoresState.ServerState> known) {
    Path link = Path.of("/proc", "" + process.pid(), "cwd");
    try {
      return Files.isSameFile(link, directory);
    } catch (IOException elsewhere) {
      return known.filter(state -> state.is(process)).isPresent();
    }
  }

  static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException noProc) {
      return false;
    }
  }

  private static List<String> ownSession() {
    @Nullable Path setsid = onPath("setsid");
    if (setsid != null) {
      return List.of(setsid.toString());
    }
    @Nullable Path perl = onPath("perl");
    return perl == null
        ? List.of()
        : List.of(perl.toString(), "-e", "use POSIX; POSIX::setsid(); exec @ARGV", "--");
  }

  static @Nullable Path onPath(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
      Path candidate = Path.of(directory, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static void rotate(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
