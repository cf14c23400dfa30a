package io.parley.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import io.parley.config.Config;
import io.parley.config.LoadedConfig;
import io.parley.stores.embedded.DataDirectory;
import io.parley.stores.embedded.FreePort;
import io.parley.stores.embedded.StoresException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the machine: the JDK, the limits, the data directory, the ports. */
final class MachineDoctor {
  private static final int JDK = 17;
  private static final long OPEN_FILES = 65_536;
  private static final long FREE_BYTES = 1L << 30;

  private final List<Finding> findings = new ArrayList<>();

  List<Finding> examine(LoadedConfig loaded) {
    Config config = loaded.config();
    jdk();
    openFiles();
    if (config.node().embedded()) {
      data(config.node().data());
    }
    return findings;
  }

  private void jdk() {
    int feature = Runtime.version().feature();
    findings.add(
        feature >= JDK
            ? Finding.ok("JDK " + Runtime.version())
            : Finding.bad("JDK " + feature + " is too old; install " + JDK + " or newer"));
  }

  private void openFiles() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os)) {
      return;
    }
    long limit = os.getMaxFileDescriptorCount();
    findings.add(
        limit >= OPEN_FILES
            ? Finding.ok(limit + " open files allowed")
            : Finding.attention(
                "only "
                    + limit
                    + " open files allowed, and each socket is one; raise it: ulimit -n "
                    + OPEN_FILES
                    + ", or LimitNOFILE="
                    + OPEN_FILES
                    + " in the systemd unit"));
  }

  private void data(Path path) {
    if (!Files.exists(path)) {
      findings.add(Finding.ok(path.toAbsolutePath() + " will be made by the first serve"));
      return;
    }
    try {
      DataDirectory data = DataDirectory.open(path);
      findings.add(Finding.ok(data.root() + " can be written"));
      secrets(data.root().resolve("secrets.json"));
      space(data.root());
    } catch (StoresException e) {
      findings.add(Finding.bad(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      findings.add(Finding.bad("cannot look at " + path + ": " + e.getMessage()));
    }
  }

  private void secrets(Path file) throws IOException {
    if (Files.exists(file)) {
      findings.add(
          DataDirectory.isOpenToOthers(file)
              ? Finding.bad(file + " can be read by others; run: chmod 600 " + file)
              : Finding.ok("the secrets are readable by their owner only"));
    }
  }

  private void space(Path root) throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    String text = (free >> 20) + " MiB free on the disk of " + root;
    findings.add(
        free >= FREE_BYTES
            ? Finding.ok(text)
            : Finding.attention("only " + text + "; a full disk stops every write"));
  }

  /** Whether a node could start with these ports; asked when none runs. */
  static List<Finding> ports(Config config) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    Map<String, String> hosts =
        Map.of(
            "http.port", config.http().host(),
            "bridge.port", config.bridge().host(),
            "admin.port", config.admin().host(),
            "cluster.port", config.cluster().host(),
            "cluster.busPort", config.cluster().host());
    wanted.put("http.port", config.http().port());
    wanted.put("bridge.port", config.bridge().port());
    wanted.put("admin.port", config.admin().port());
    wanted.put("cluster.port", config.cluster().port());
    wanted.put("cluster.busPort", config.cluster().busPort());
    List<Finding> findings = new ArrayList<>();
    wanted.forEach(
        (path, port) -> {
          boolean free = port == 0 || FreePort.isFree(hosts.getOrDefault(path, ""), port);
          String text = path + " " + port;
          findings.add(
              free
                  ? Finding.ok(text + " is free")
                  : Finding.bad(text + " is in use; stop what listens there or choose another"));
        });
    return findings;
  }
}
