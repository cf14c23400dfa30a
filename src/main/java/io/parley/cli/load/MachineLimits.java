package io.parley.cli.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether this machine lets one process have so many sockets. */
final class MachineLimits {
  private static final int BESIDES = 300;
  private static final int ENOUGH = 64;
  private static final Path PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private static final Pattern RANGE = Pattern.compile("(\\d+)\\s+(\\d+)");

  private MachineLimits() {}

  /**
   * What is in the way of so many sockets, for the person who can change it.
   *
   * @param targets how many addresses they are spread over
   */
  static Optional<String> objection(int sockets, int targets) {
    return files(sockets, openFiles())
        .or(() -> localPorts().flatMap(ports -> ports(sockets, targets, ports)));
  }

  /** Each socket is an open file; some are needed besides. */
  static Optional<String> files(int sockets, long limit) {
    int needed = sockets + BESIDES;
    return needed <= limit
        ? Optional.empty()
        : Optional.of(
            sockets
                + " sockets take "
                + needed
                + " open files, and this process may have "
                + limit
                + ": raise it with 'ulimit -n "
                + needed
                + "', or take fewer --members");
  }

  /** Each connection to the same address takes a local port of its own. */
  static Optional<String> ports(int sockets, int targets, String range) {
    Matcher ends = RANGE.matcher(range);
    if (!ends.find()) {
      return Optional.empty();
    }
    int free = Integer.parseInt(ends.group(2)) - Integer.parseInt(ends.group(1)) + 1;
    int each = (sockets + targets - 1) / targets;
    return each <= free
        ? Optional.empty()
        : Optional.of(
            each
                + " sockets to one address take as many local ports, and this machine has "
                + free
                + ": widen net.ipv4.ip_local_port_range, or take fewer --members");
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
        ? os.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  private static Optional<String> localPorts() {
    // Such a file gives all it has to the first read, and nothing to the second.
    try (InputStream file = Files.newInputStream(PORTS)) {
      return Optional.of(new String(file.readNBytes(ENOUGH), StandardCharsets.US_ASCII));
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }
}
