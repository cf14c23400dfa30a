package io.parley.bridge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A SockJS session over plain HTTP: requests bring frames, one open response at a time takes them.
 *
 * <p>Between two responses what is sent waits here, bounded as for every peer that does not read. A
 * response that breaks off ends the session, since nobody knows what of it arrived.
 */
final class PollingWire implements Wire {
  /** How long a session lives without a response to write to. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MAX_FRAME = 64 * 1024;

  /** Streaming clients must come back now and then: it is how they show that they live. */
  private static final int PINGS = 2;

  private final Turn turn;
  private final LongSupplier nanos;
  private final Backlog<byte[]> backlog;
  private final WireLimits limits;
  private final Runnable forget;
  private Listener listener = Listener.NOBODY;
  private final List<Runnable> held = new ArrayList<>();
  private final Runnable flush = this::flush;
  private @Nullable Receiver receiver;
  private @Nullable String goodbye;
  private long detachedAt;
  private boolean opened;
  private boolean posted;
  private boolean paused;
  private boolean overfull;
  private boolean gone;

  private static final class Receiver {
    private final HttpServerResponse response;
    private final Polling polling;
    private int written;
    private int pings;

    Receiver(HttpServerResponse response, Polling polling) {
      this.response = response;
      this.polling = polling;
    }
  }

  /**
   * @param forget takes the session out of the index; called once
   */
  private PollingWire(
      Turn turn, WireLimits limits, AtomicLong nodeWaiting, LongSupplier nanos, Runnable forget) {
    this.turn = turn;
    this.limits = limits;
    this.nanos = nanos;
    this.backlog = new Backlog<>(nodeWaiting, nanos);
    this.forget = forget;
    this.detachedAt = nanos.getAsLong();
  }

  /** Opens a session on the event loop of its turn. */
  static PollingWire open(
      Turn turn,
      WireLimits limits,
      AtomicLong nodeWaiting,
      LongSupplier nanos,
      Runnable forget,
      Function<Wire, Listener> listener) {
    PollingWire wire = new PollingWire(turn, limits, nodeWaiting, nanos, forget);
    wire.listener = listener.apply(wire);
    return wire;
  }

  /** The event loop of the session, whatever loop a request comes in on. */
  Turn turn() {
    return turn;
  }

  /** Writes to this response from now on. */
  void attach(HttpServerResponse response, Polling polling) {
    listener.alive();
    response.putHeader("Content-Type", polling.type());
    response.setChunked(true);
    Receiver next = new Receiver(response, polling);
    if (!polling.prelude().isEmpty()) {
      response.write(polling.prelude());
    }
    if (goodbye != null) {
      last(next, goodbye);
    } else if (receiver != null) {
      last(next, "c[2010,\"Another connection still open\"]");
    } else {
      receiver = next;
      response.exceptionHandler(broken -> turn.run(() -> broken(next)));
      response.closeHandler(closed -> turn.run(() -> broken(next)));
      if (!opened) {
        opened = true;
        write(next, "o".getBytes(StandardCharsets.US_ASCII));
      }
      flush();
    }
  }

  /**
   * Takes frames of the client.
   *
   * @param done what to do when more may come
   * @return false when more was not to come yet: proper clients send one request at a time
   */
  boolean take(List<String> messages, Runnable done) {
    if (paused) {
      return false;
    }
    listener.alive();
    for (String message : messages) {
      if (message.length() > limits.maxFrame()) {
        listener.violated(CloseCode.TOO_BIG);
      } else {
        listener.text(message);
      }
    }
    if (paused) {
      held.add(done);
    } else {
      done.run();
    }
    return true;
  }

  @Override
  public void send(Frames frames, boolean fleeting) {
    if (goodbye != null || overfull || (fleeting && receiver == null)) {
      return;
    }
    for (byte[] message : frames.quoted()) {
      backlog.add(message, message.length);
    }
    if (backlog.bytes() > limits.maxWaiting()) {
      overfull = true;
      listener.slow();
    } else if (!posted) {
      posted = true;
      turn.flushLater(flush);
    }
  }

  @Override
  public void ping() {
    Receiver current = receiver;
    if (current != null && !current.response.writeQueueFull()) {
      write(current, new byte[] {'h'});
      if (++current.pings >= PINGS) {
        finish(current);
      }
    }
  }

  @Override
  public void tend(long now) {
    if (receiver == null && now - detachedAt > PATIENCE.toNanos()) {
      end();
    }
  }

  @Override
  public void close(CloseCode code) {
    if (goodbye != null) {
      return;
    }
    goodbye = SockJsText.closing(code);
    drop();
    detachedAt = nanos.getAsLong();
    Receiver current = receiver;
    if (current != null) {
      receiver = null;
      last(current, goodbye);
    }
  }

  @Override
  public void abort() {
    Receiver current = receiver;
    receiver = null;
    if (current != null) {
      current.response.reset();
    }
    end();
  }

  @Override
  public long waiting() {
    return backlog.bytes();
  }

  @Override
  public long waitingSince() {
    return backlog.since();
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    List<Runnable> now = List.copyOf(held);
    held.clear();
    now.forEach(Runnable::run);
  }

  private void flush() {
    posted = false;
    while (receiver != null && !backlog.isEmpty()) {
      if (receiver.response.writeQueueFull()) {
        receiver.response.drainHandler(nothing -> turn.run(flush));
        return;
      }
      write(receiver, array());
    }
  }

  private byte[] array() {
    Buffer frame = Buffer.buffer().appendString("a[");
    byte[] message;
    while (frame.length() < MAX_FRAME && (message = backlog.poll()) != null) {
      if (frame.length() > 2) {
        frame.appendByte((byte) ',');
      }
      frame.appendBytes(message);
    }
    return frame.appendString("]").getBytes();
  }

  private void write(Receiver to, byte[] frame) {
    Polling polling = to.polling;
    to.response.write(
        Buffer.buffer()
            .appendString(polling.before())
            .appendBytes(frame)
            .appendString(polling.after()));
    to.written += frame.length;
    if (to.written >= polling.limit()) {
      finish(to);
    }
  }

  private void finish(Receiver done) {
    if (receiver == done) {
      receiver = null;
      detachedAt = nanos.getAsLong();
      done.response.end();
    }
  }

  private static void last(Receiver to, String frame) {
    to.response.end(to.polling.before() + frame + to.polling.after());
  }

  private void broken(Receiver lost) {
    if (receiver == lost) {
      receiver = null;
      end();
    }
  }

  private void end() {
    if (gone) {
      return;
    }
    gone = true;
    if (goodbye == null) {
      goodbye = SockJsText.closing(CloseCode.NORMAL);
    }
    drop();
    resume();
    forget.run();
    listener.gone();
  }

  private void drop() {
    while (backlog.poll() != null) {
      // counted out by the backlog itself
    }
  }
}
