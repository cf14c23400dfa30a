package io.parley.cli.load.socket;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One event loop, and what the sockets on it share. */
public final class Lane {
  private static final int PATIENCE_SECONDS = 30;

  private final int number;
  private final ContextInternal context;
  private final NetClient client;
  private final NetClient narrow;
  private final SplittableRandom random;
  private final Payload payload = new Payload();
  private byte[] bytes = new byte[64 * 1024];
  private long now;

  /**
   * @param narrow for those with little room for what they have not read
   */
  Lane(
      int number,
      ContextInternal context,
      NetClient client,
      NetClient narrow,
      SplittableRandom random) {
    this.number = number;
    this.context = context;
    this.client = client;
    this.narrow = narrow;
    this.random = random;
  }

  /** Which one it is, from 0. */
  public int number() {
    return number;
  }

  /**
   * Connects a socket to a server. Completes on this event loop when messages may be sent; fails
   * UNAVAILABLE with what the server said.
   */
  public Future<LightSocket> connect(URI server, Framing framing, LightSocket.Listener listener) {
    return connect(server, framing, false, listener);
  }

  /**
   * The same.
   *
   * @param little whether the system keeps but little for it until it reads, so that the server
   *     soon notices when it does not
   */
  public Future<LightSocket> connect(
      URI server, Framing framing, boolean little, LightSocket.Listener listener) {
    Promise<LightSocket> opened = context.promise();
    LightSocket socket = new LightSocket(this, framing, listener, opened);
    run(
        () ->
            (little ? narrow : client)
                .connect(server.getPort(), server.getHost())
                .onSuccess(connected -> socket.begin(inner(connected), server))
                .onFailure(opened::tryFail));
    return opened
        .future()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onFailure(late -> socket.drop());
  }

  /** Does it now on this event loop, or soon when called from elsewhere. */
  public void run(Runnable task) {
    if (context.nettyEventLoop().inEventLoop()) {
      task.run();
    } else {
      context.runOnContext(go -> task.run());
    }
  }

  /** Does it on this event loop after a while. */
  void later(long millis, Runnable task) {
    context.setTimer(millis, timer -> task.run());
  }

  /** When the bytes came that are shown now, in the terms of {@link System#nanoTime()}. */
  public long now() {
    return now;
  }

  /** To put a message together on this event loop; each use begins anew. */
  public Payload payload() {
    return payload.clear();
  }

  /** Room for what has just come. */
  byte[] arrived(int length) {
    now = System.nanoTime();
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    return bytes;
  }

  SplittableRandom random() {
    return random;
  }

  private static NetSocketInternal inner(NetSocket socket) {
    return (NetSocketInternal) socket;
  }
}
