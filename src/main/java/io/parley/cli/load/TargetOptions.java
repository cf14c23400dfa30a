package io.parley.cli.load;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Who is talked to, and who is measured. */
final class TargetOptions {
  @Option(
      names = "--url",
      split = ",",
      paramLabel = "URL",
      description = "The REST API, of each node (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8080")
  List<URI> urls = List.of();

  @Option(
      names = "--bridge",
      split = ",",
      paramLabel = "URL",
      description =
          "The sockets, of each node; the members of each room are spread evenly (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8081")
  List<URI> bridges = List.of();

  @Option(
      names = "--admin",
      split = ",",
      paramLabel = "URL",
      description =
          "The admin port of each node to be measured, such as http://127.0.0.1:9090, to learn what it counts.")
  List<URI> admins = List.of();

  @Option(
      names = "--pid",
      split = ",",
      description =
          "The process of each node to be measured, in the same order, to learn its CPU and memory.")
  List<Long> pids = List.of();

  @Option(
      names = "--stores",
      paramLabel = "PID",
      description = "The process of 'parley stores', to learn the CPU of the stores.",
      defaultValue = "0")
  long stores;

  /** What is wrong with them, each naming its option. */
  Stream<String> objections() {
    return Stream.of(
            address("--url", urls),
            address("--bridge", bridges),
            address("--admin", admins),
            nodes(),
            processes())
        .flatMap(each -> each);
  }

  private static Stream<String> address(String option, List<URI> given) {
    return given.stream()
        .filter(
            uri ->
                !"http".equals(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getPort() < 1
                    || !uri.getPath().isEmpty())
        .map(uri -> option + " takes addresses such as http://127.0.0.1:8080, not '" + uri + "'");
  }

  private Stream<String> nodes() {
    boolean differ = !admins.isEmpty() && !pids.isEmpty() && admins.size() != pids.size();
    return differ
        ? Stream.of("--admin and --pid name the same nodes, in the same order")
        : Stream.empty();
  }

  private Stream<String> processes() {
    return Stream.concat(
            pids.stream().map(pid -> new Given("--pid", pid)),
            Stream.of(new Given("--stores", stores)).filter(given -> given.pid() != 0))
        .filter(given -> ProcessHandle.of(given.pid()).isEmpty())
        .map(given -> given.option() + " " + given.pid() + " is no process of this machine");
  }

  private record Given(String option, long pid) {}
}
