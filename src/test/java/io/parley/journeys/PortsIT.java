package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.ParleyProcess;
import io.parley.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsIT {
  private static final String LISTENS = "0A";

  @TempDir private Path dir;

  @Test
  void howeverManyListenToAnyPortItIsOneAndIsTold() throws IOException {
    try (ParleyProcess node =
        ParleyProcess.serve(dir.resolve("data"))
            .with("--standalone")
            .with("--set", "node.instances.http=3")
            .with("--set=node.instances.bridge=3")
            .start()
            .awaitReady()) {
      assertThat(node.awaitLine("Parley is ready"))
          .contains(
              node.url(), "sockets on port " + node.bridgePort(), "on port " + node.adminPort());
      assertThat(listening(node.pid()))
          .containsExactlyInAnyOrder(
              node.httpPort(), node.bridgePort(), node.adminPort(), s3Port());
    }
  }

  /** S3 lives inside the node. */
  private int s3Port() throws IOException {
    JsonNode stores = Json.mapper().readTree(Files.readAllBytes(dir.resolve("data/stores.json")));
    return stores.path("s3").path("port").asInt();
  }

  /** The ports that a process listens on, as Linux knows them. */
  private static Set<Integer> listening(long pid) throws IOException {
    Set<String> sockets = sockets(pid);
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc", "" + pid, "net", table))) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[3].equals(LISTENS) && sockets.contains(columns[9])) {
          ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  /** The numbers of its open sockets. */
  private static Set<String> sockets(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + pid, "fd"))) {
      return open.map(PortsIT::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
