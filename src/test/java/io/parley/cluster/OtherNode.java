package io.parley.cluster;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.ClusterConfig;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.io.IOException;
import java.nio.file.Path;

/** A node in a process of its own, which answers at {@code other} until its input ends. */
final class OtherNode {
  static final String SECRET = "shared by the processes of one test";

  private final Process process;

  private OtherNode(Process process) {
    this.process = process;
  }

  static OtherNode start(int port, int busPort) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new OtherNode(
        new ProcessBuilder(
                java,
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                OtherNode.class.getName(),
                String.valueOf(port),
                String.valueOf(busPort))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  static ClusterConfig config(int port, int busPort) {
    return Clusters.onLoopback(SECRET, port, busPort);
  }

  /** The process itself. */
  public static void main(String[] args) throws IOException {
    ClusterConfig config = config(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    Cluster.join(config, Ports.NEXT_FREE, new SimpleMeterRegistry())
        .onSuccess(cluster -> answer(cluster.vertx().eventBus()));
    int input = System.in.read();
    Runtime.getRuntime().halt(input < 0 ? 0 : 1);
  }

  /** By asking back, so that an answer proves both ways. */
  private static void answer(EventBus events) {
    DeliveryOptions soon = new DeliveryOptions().setSendTimeout(300);
    events.consumer(
        "other",
        message ->
            events
                .request("here", message.body(), soon)
                .onSuccess(reply -> message.reply(reply.body()))
                .onFailure(deaf -> message.fail(1, "nobody answers me")));
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }
}
