package io.parley.faults;

import io.parley.accounts.AccountsApi;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/** The points that messages pass, recognised by what they carry, also within a process. */
final class BusPoints {
  private static final String CODEC = "parley.record";
  private static final int REMEMBERED = 50_000;
  private static final int SWAP_AT_LATEST_MS = 2_000;
  private static final int FLUSHED_MS = 5;

  private final Failpoints points;
  private final Vertx vertx;
  private final Map<Point, Held> held = new EnumMap<>(Point.class);
  private final Set<Object> repeated = Collections.newSetFromMap(new WeakHashMap<>());
  private final Map<String, LogApi.Append> asked =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LogApi.Append> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Held(Context context, DeliveryContext<?> delivery, long timer) {}

  private record Passage(Point point, Collection<LogId> logs) {}

  private BusPoints(Failpoints points, Vertx vertx) {
    this.points = points;
    this.vertx = vertx;
  }

  /** Looks at every message that leaves this node or arrives there. */
  static void watch(Failpoints points, Vertx vertx) {
    BusPoints watching = new BusPoints(points, vertx);
    vertx
        .eventBus()
        .addOutboundInterceptor(delivery -> watching.handle(delivery, true))
        .addInboundInterceptor(delivery -> watching.handle(delivery, false));
  }

  private void handle(DeliveryContext<?> delivery, boolean leaving) {
    Object body = body(delivery, leaving);
    if (again(body)) {
      delivery.next();
      return;
    }
    Optional<Passage> passage = passage(delivery.message(), body, leaving);
    passage
        .flatMap(each -> points.pass(each.point, each.logs))
        .ifPresentOrElse(
            arming -> befall(delivery, arming),
            () -> {
              delivery.next();
              passage.ifPresent(each -> release(each.point));
            });
  }

  /** What leaves is not encoded yet, what arrives is decoded only when somebody asks for it. */
  static Object body(DeliveryContext<?> delivery, boolean leaving) {
    return leaving ? delivery.body() : delivery.message().body();
  }

  private void befall(DeliveryContext<?> delivery, Arming arming) {
    switch (arming.deed()) {
      case HALT -> Failpoints.halt();
      case HALT_AFTER -> {
        delivery.next();
        vertx.setTimer(Math.max(FLUSHED_MS, arming.millis()), timer -> Failpoints.halt());
      }
      case DROP -> {}
      case DELAY -> vertx.setTimer(Math.max(1, arming.millis()), timer -> delivery.next());
      case SWAP -> hold(arming.point(), delivery);
      case TWICE -> repeat(delivery, arming);
      case STAND -> {
        Failpoints.stand(arming.millis());
        delivery.next();
      }
    }
  }

  private synchronized void hold(Point point, DeliveryContext<?> delivery) {
    release(point);
    long timer = vertx.setTimer(SWAP_AT_LATEST_MS, late -> release(point));
    held.put(point, new Held(vertx.getOrCreateContext(), delivery, timer));
  }

  private synchronized void release(Point point) {
    Held waiting = held.remove(point);
    if (waiting != null) {
      vertx.cancelTimer(waiting.timer);
      waiting.context.runOnContext(turn -> waiting.delivery.next());
    }
  }

  private void repeat(DeliveryContext<?> delivery, Arming arming) {
    Object body = body(delivery, arming.point().leaves());
    synchronized (repeated) {
      repeated.add(body);
    }
    delivery.next();
    vertx
        .eventBus()
        .send(delivery.message().address(), body, new DeliveryOptions().setCodecName(CODEC));
  }

  private boolean again(Object body) {
    synchronized (repeated) {
      return !repeated.isEmpty() && repeated.contains(body);
    }
  }

  private Optional<Passage> passage(Message<?> message, Object body, boolean leaving) {
    if (body instanceof LogApi.Append append) {
      remember(message, append);
      return append(append, leaving);
    }
    if (body instanceof LogApi.Appended) {
      return answered(message, leaving);
    }
    if (body instanceof LogApi.Delivery delivery) {
      List<LogId> logs = delivery.entries().stream().map(LogApi.Encoded::log).distinct().toList();
      return logs.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Passage(leaving ? Point.DELIVERY_LEAVES : Point.DELIVERY_ARRIVES, logs));
    }
    if (body instanceof AccountsApi.SessionEnded) {
      return leaving
          ? Optional.empty()
          : Optional.of(new Passage(Point.SESSION_END_ARRIVES, List.of()));
    }
    return leaving ? aside(body) : Optional.empty();
  }

  private static Optional<Passage> aside(Object body) {
    if (body instanceof LogApi.Lease lease) {
      return Optional.of(new Passage(Point.LEASE_LEAVES, lease.logs()));
    }
    if (body instanceof LogApi.Leased leased) {
      List<LogId> logs = leased.heads().stream().map(LogApi.Head::log).toList();
      return Optional.of(new Passage(Point.GRANT_LEAVES, logs));
    }
    if (body instanceof LogApi.Alive) {
      return Optional.of(new Passage(Point.ALIVE_LEAVES, List.of()));
    }
    if (body instanceof LogApi.Heads heads) {
      return Optional.of(new Passage(Point.HEADS_LEAVE, heads.logs()));
    }
    if (body instanceof LogApi.Read read) {
      return Optional.of(new Passage(Point.READ_LEAVES, List.of(read.log())));
    }
    return Optional.empty();
  }

  private static Optional<Passage> append(LogApi.Append append, boolean leaving) {
    if (append.draft().change().isPresent()) {
      return leaving ? passage(Point.CHANGE_LEAVES, append) : Optional.empty();
    }
    return append.log().scope() == LogId.Scope.ROOM
        ? passage(leaving ? Point.APPEND_LEAVES : Point.APPEND_ARRIVES, append)
        : Optional.empty();
  }

  private static Optional<Passage> passage(Point point, LogApi.Append append) {
    return Optional.of(new Passage(point, List.of(append.log())));
  }

  private void remember(Message<?> message, LogApi.Append append) {
    if (message.replyAddress() != null) {
      synchronized (asked) {
        asked.put(message.replyAddress(), append);
      }
    }
  }

  /** What was asked is known on both sides: there it was sent, here it came. */
  private Optional<Passage> answered(Message<?> message, boolean leaving) {
    LogApi.Append append;
    synchronized (asked) {
      append = asked.get(message.address());
    }
    if (append == null) {
      return Optional.empty();
    }
    if (append.draft().change().isPresent()) {
      return leaving ? Optional.empty() : passage(Point.CHANGE_STANDS, append);
    }
    return append.log().scope() == LogId.Scope.ROOM
        ? passage(leaving ? Point.ACK_LEAVES : Point.ACK_ARRIVES, append)
        : Optional.empty();
  }
}
