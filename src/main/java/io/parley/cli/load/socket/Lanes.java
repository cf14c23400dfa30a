package io.parley.cli.load.socket;

import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The event loops that sockets are spread over. */
public final class Lanes {
  private static final int CONNECT_TIMEOUT_MS = 10_000;
  private static final int NARROW = 16 * 1024;

  private final List<Lane> lanes;

  private Lanes(List<Lane> lanes) {
    this.lanes = lanes;
  }

  /** A Vert.x with so many event loops, on the native transport where there is one. */
  public static Vertx vertx(int threads) {
    VertxBuilder builder = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(threads));
    Transport epoll = Transport.EPOLL;
    return (epoll != null && epoll.available() ? builder.withTransport(epoll) : builder).build();
  }

  /**
   * @param threads as many as the Vert.x has event loops, or fewer
   * @param seed of what masks frames and names sessions
   */
  public static Lanes of(Vertx vertx, int threads, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NetClient client = vertx.createNetClient(options());
    NetClient narrow = vertx.createNetClient(options().setReceiveBufferSize(NARROW));
    VertxInternal inner = (VertxInternal) vertx;
    return new Lanes(
        IntStream.range(0, threads)
            .mapToObj(
                number ->
                    new Lane(
                        number, inner.createEventLoopContext(), client, narrow, random.split()))
            .toList());
  }

  private static NetClientOptions options() {
    return new NetClientOptions()
        .setConnectTimeout(CONNECT_TIMEOUT_MS)
        .setTcpNoDelay(true)
        // A port is free again at once; thousands that wait for a minute would be missed.
        .setSoLinger(0);
  }

  /** The lane of a socket, so that all have as many. */
  public Lane of(int socket) {
    return lanes.get(socket % lanes.size());
  }

  public List<Lane> all() {
    return lanes;
  }
}
