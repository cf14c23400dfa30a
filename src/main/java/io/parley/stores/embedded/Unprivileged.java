package io.parley.stores.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run PostgreSQL, which refuses to run as root: as we are, or else in a user namespace where
 * root is nobody, or else as the user nobody.
 *
 * @param prefix what to put before the command
 * @param owner the user that must own its files, or -1 for ourselves
 */
record Unprivileged(List<String> prefix, int owner) {
  private static final int NOBODY = 65_534;
  private static final Duration TRIAL = Duration.ofSeconds(10);

  /** Finds a way to run this program. */
  static Unprivileged way(Path program, DataDirectory data) throws IOException {
    if (new UnixSystem().getUid() != 0) {
      return new Unprivileged(List.of(), -1);
    }
    Unprivileged namespace = new Unprivileged(List.of("unshare", "-U"), -1);
    if (namespace.works(program)) {
      return namespace;
    }
    DataDirectory.permit(data.root(), "rwx--x--x");
    Unprivileged nobody =
        new Unprivileged(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), NOBODY);
    if (nobody.works(program)) {
      return nobody;
    }
    throw new StoresException(
        "PostgreSQL refuses to run as root, and neither a user namespace nor the user nobody can"
            + " run "
            + program
            + "; start Parley as an ordinary user, or let everybody enter the directories above "
            + data.root()
            + " and set PARLEY_CACHE to one that everybody may enter");
  }

  List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /** Gives a file or directory to whom PostgreSQL runs as. */
  void give(Path path) throws IOException {
    if (owner >= 0) {
      Files.setAttribute(path, "unix:uid", owner);
      Files.setAttribute(path, "unix:gid", owner);
    }
  }

  private boolean works(Path program) {
    return ServerProcess.run(command(List.of(program.toString(), "--version")), TRIAL).isPresent();
  }
}
