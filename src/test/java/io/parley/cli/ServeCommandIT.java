package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.ParleyProcess;
import io.parley.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandIT {
  private final Path data;

  ServeCommandIT(@TempDir Path dir) {
    this.data = dir.resolve("data");
  }

  /** A failed test must not leave servers behind. */
  @AfterEach
  void stopWhatStillRuns() {
    servers().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aNodeSaysWhereItIsAndLeavesNothingBehind() throws IOException {
    ParleyProcess node = serve().start().awaitReady();
    assertThat(node.awaitLine("Parley is ready"))
        .contains(node.url())
        .contains("port " + node.bridgePort())
        .contains("port " + node.adminPort());
    assertThat(accepts(node.httpPort())).isTrue();

    node.terminate();

    assertThat(accepts(node.httpPort())).isFalse();
    assertThat(data.resolve("nodes")).isEmptyDirectory();
    assertThat(node.output()).containsSubsequence("stopping", "the stores are stopped");
    assertThat(processes()).isZero();
  }

  @Test
  void aNodeThatDoesNotStopIsLeftInTime() {
    ParleyProcess node =
        serve()
            .env("PARLEY_CLUSTER_NAME", EmptyNode.STUCK)
            .env("PARLEY_NODE_DRAIN", "6s")
            .start()
            .awaitReady();
    long told = System.nanoTime();

    node.terminate();

    assertThat(Duration.ofNanos(System.nanoTime() - told))
        .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(21));
    assertThat(node.output())
        .anyMatch(line -> line.startsWith("the node does not stop in order"))
        .contains("the stores are stopped");
    assertThat(processes()).isZero();
  }

  @Test
  void aKilledNodeComesBackOnTheSameData() throws IOException {
    ParleyProcess first = serve().start().awaitReady();
    first.kill9();
    assertThat(processes()).isEqualTo(2);

    ParleyProcess second = first.restart().awaitReady();

    assertThat(second.output()).anyMatch(line -> line.startsWith("adopted PostgreSQL"));
    assertThat(data.resolve("nodes"))
        .isDirectoryContaining(file -> file.endsWith(second.pid() + ".json"));
    second.terminate();
    assertThat(processes()).isZero();
  }

  @Test
  void aSecondNodeTakesTheNextFreePortsAndKnowsTheFirst() throws IOException {
    int http = FreePorts.one();
    ParleyProcess first =
        serve().with("--http-port", "" + http).env("PARLEY_CLUSTER_PORT", "0").start().awaitReady();
    ParleyProcess second =
        ParleyProcess.command("serve", data).main(EmptyNode.class).start().awaitReady();

    assertThat(second.output()).anyMatch(line -> line.startsWith("using PostgreSQL"));
    assertThat(second.httpPort()).isNotEqualTo(http).isGreaterThanOrEqualTo(8080);
    assertThat(second.awaitLine("members"))
        .isEqualTo("members [127.0.0.1:" + file(first).path("clusterPort").asInt() + "]");

    first.terminate();
    assertThat(processes()).isEqualTo(2);
    second.terminate();
    assertThat(processes()).isZero();
  }

  @Test
  void twoStandaloneNodesOnOneDirectoryAreRefused() {
    ParleyProcess first = serve().with("--standalone").start().awaitReady();

    ParleyProcess second = serve().with("--standalone").start();

    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.awaitLine("--standalone")).contains("pid " + first.pid());
    first.terminate();
  }

  @Test
  void aBusyPortIsOneClearLine() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = busy.getLocalPort();
      ParleyProcess node = serve().with("--http-port", "" + port).start();

      assertThat(node.awaitExit()).isEqualTo(1);
      assertThat(node.output())
          .containsExactly(
              "parley: port "
                  + port
                  + " is in use; stop what listens there or choose another with --http-port");
    }
    assertThat(data.resolve("postgres")).doesNotExist();
  }

  @Test
  void aDirectoryThatCannotBeUsedIsOneClearLine() throws IOException {
    Files.writeString(data, "in the way");
    ParleyProcess node = serve().start();

    assertThat(node.awaitExit()).isEqualTo(1);
    assertThat(node.output())
        .containsExactly("parley: " + data + " is a file; choose a directory with --data");
    Files.delete(data);
  }

  @Test
  void aWrongConfigurationIsToldWholeAndEndsWithTwo() {
    ParleyProcess node =
        serve().with("--roles", "typist").env("PARLEY_LOG_DEADLINE", "soon").start();

    assertThat(node.awaitExit()).isEqualTo(2);
    assertThat(node.output())
        .anyMatch(line -> line.contains("node.roles: expects any of http, bridge"))
        .anyMatch(line -> line.contains("log.deadline: expects a time with its unit"))
        .noneMatch(line -> line.contains("Exception"));
    assertThat(data).doesNotExist();
  }

  @Test
  void aNodeThatDoesNotStartStopsItsStoresAgain() throws IOException {
    ParleyProcess node = serve().env("PARLEY_CLUSTER_NAME", EmptyNode.BROKEN).start();

    assertThat(node.awaitExit()).isEqualTo(1);
    assertThat(node.output()).contains("the stores are stopped");
    assertThat(processes()).isZero();
  }

  private ParleyProcess.Builder serve() {
    return ParleyProcess.serve(data).main(EmptyNode.class);
  }

  private JsonNode file(ParleyProcess node) throws IOException {
    return Json.mapper()
        .readTree(Files.readAllBytes(data.resolve("nodes/" + node.pid() + ".json")));
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** How many servers of this directory live. */
  private long processes() {
    return servers().filter(server -> !isWorker(server)).count();
  }

  /** Whoever works in the directory of a server; PostgreSQL's own children do too. */
  private Stream<ProcessHandle> servers() {
    return ProcessHandle.allProcesses().filter(ProcessHandle::isAlive).filter(this::isServer);
  }

  private boolean isServer(ProcessHandle process) {
    Path cwd = Path.of("/proc/" + process.pid() + "/cwd");
    return isSame(cwd, data.resolve("postgres")) || isSame(cwd, data.resolve("redis"));
  }

  private boolean isWorker(ProcessHandle process) {
    return process.parent().filter(this::isServer).isPresent();
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException gone) {
      return false;
    }
  }
}
