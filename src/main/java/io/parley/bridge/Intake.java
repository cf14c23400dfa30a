package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.config.EdgeConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogId;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one peer asks, served in order.
 *
 * <p>While somebody is being authenticated, or while too much is under way, later frames wait as
 * they came and reading stops. Who sends faster than anybody needs to is told to wait, and goes if
 * that does not help. Every request is answered; a refusal says what it refuses.
 */
final class Intake {
  private static final int MAX_IN_FLIGHT = 32;
  private static final int MAX_GARBLED = 10;
  private static final int MAX_STRANGERS = 5;
  private static final String OPEN = "session.open";
  private static final String RENEW = "session.renew";

  private final BridgeSocket socket;
  private final Wire wire;
  private final Desk desk;
  private final Lanes lanes;
  private final Pace pace;
  private final Company company;

  /** Not parsed yet: what was one read from the peer must not become many times as much here. */
  private final ArrayDeque<String> inbox = new ArrayDeque<>(4);

  private boolean authenticating;
  private boolean serving;
  private boolean paused;
  private int inFlight;
  private int garbled;
  private int strangers;

  Intake(BridgeSocket socket, Wire wire, Desk desk) {
    this.socket = socket;
    this.wire = wire;
    this.desk = desk;
    EdgeConfig edge = desk.edge();
    this.lanes = new Lanes(desk.nanos());
    this.pace = new Pace(edge.frameRate(), edge.frameBurst(), desk.nanos().getAsLong());
    this.company = new Company(socket, desk);
  }

  /** Takes one frame. */
  void take(String text) {
    desk.metrics().frame();
    if (pace.serves(desk.nanos().getAsLong())) {
      inbox.add(text);
      serveAll();
    } else if (pace.abused()) {
      desk.metrics().refused(Reason.RATE_LIMITED);
      socket.shut(CloseCode.TOO_FAST);
    } else {
      refuse(addressOf(RequestParser.parse(text)), tooFast());
    }
  }

  /** Counts any frame of the transport; too many end the socket. */
  void sign(long now) {
    if (pace.overrun(now)) {
      socket.shut(CloseCode.TOO_FAST);
    }
  }

  private Failure tooFast() {
    return Failure.of(Reason.RATE_LIMITED, "this socket sends too much; wait a little")
        .with("retryAfterMs", pace.waitMs());
  }

  private static Optional<String> addressOf(Request request) {
    return request instanceof Request.Refused refused ? refused.address() : address(request);
  }

  /** Forgets what waits, and is here no more. */
  void clear() {
    inbox.clear();
    company.leave();
  }

  /** Something that the socket does for its peer: a failure is told as the answer to an address. */
  <T> void work(Optional<String> address, Future<T> work, Consumer<T> answer) {
    inFlight++;
    work.onComplete(
        outcome -> {
          inFlight--;
          if (outcome.succeeded()) {
            answer.accept(outcome.result());
          } else {
            refuse(address, Failure.from(outcome.cause()));
          }
          serveAll();
        });
  }

  void refuse(Optional<String> address, Failure failure) {
    desk.metrics().refused(failure.reason());
    socket.send(Envelope.error(address, failure));
  }

  private void serveAll() {
    if (serving) {
      return;
    }
    serving = true;
    while (!socket.closed() && !authenticating && inFlight < MAX_IN_FLIGHT && !inbox.isEmpty()) {
      serve(RequestParser.parse(inbox.remove()));
    }
    serving = false;
    if (paused == inbox.isEmpty() && !socket.closed()) {
      paused = !paused;
      if (paused) {
        wire.pause();
      } else {
        wire.resume();
      }
    }
  }

  private void serve(Request request) {
    if (request instanceof Request.Refused refused) {
      refuse(refused.address(), refused.failure());
      if (refused.garbled() && ++garbled >= MAX_GARBLED) {
        socket.shut(CloseCode.PROTOCOL);
      }
    } else if (request instanceof Request.Ping) {
      socket.send(Envelope.pong());
    } else if (request instanceof Request.Call call && isSession(call)) {
      open(call);
    } else {
      String token = request.token().orElse(null);
      Session session = socket.open();
      if (token == null || (session != null && session.token().equals(token))) {
        serveKnown(request);
      } else {
        authenticate(token, address(request), identity -> serveKnown(request));
      }
    }
  }

  private void serveKnown(Request request) {
    Optional<String> address = address(request);
    Session session = socket.open();
    if (session == null) {
      stranger(address, openFirst());
    } else if (session.expired(desk.clock().instant())) {
      socket.suspend();
      refuse(address, Failure.of(Reason.TOKEN_EXPIRED, "renew the session first"));
    } else if (request instanceof Request.Call call) {
      work(address, run(session, call), body -> reply(call, body));
    } else if (request instanceof Request.Register register) {
      work(address, register(register), done -> {});
    } else if (request instanceof Request.Unregister unregister) {
      work(address, unregister(unregister.log()), done -> {});
    }
  }

  private Future<JsonNode> run(Session session, Request.Call call) {
    return Company.serves(call)
        ? company.serve(call, rest -> desk.calls().run(lanes, session.identity(), rest))
        : desk.calls().run(lanes, session.identity(), call);
  }

  private Future<Void> register(Request.Register register) {
    return desk.calls()
        .after(
            lanes,
            register.log().id().toString(),
            () -> desk.registrations().register(socket, register.log(), register.cursor()));
  }

  /** Does not pass a registration that waits, which would then stay. */
  private Future<Void> unregister(LogId log) {
    return desk.calls()
        .after(
            lanes,
            log.id().toString(),
            () -> {
              socket.unregister(log);
              return Future.succeededFuture();
            });
  }

  private void reply(Request.Call call, JsonNode body) {
    call.replyAddress().ifPresent(address -> socket.send(Envelope.message(address, body)));
  }

  private static Optional<String> address(Request request) {
    if (request instanceof Request.Call call) {
      return call.replyAddress().or(() -> Optional.of(call.address()));
    }
    if (request instanceof Request.Register register) {
      return Optional.of(register.log().toString());
    }
    return Optional.empty();
  }

  private static boolean isSession(Request.Call call) {
    return call.address().equals(OPEN) || call.address().equals(RENEW);
  }

  private void open(Request.Call call) {
    JsonNode token = call.body().get("token");
    if (token == null || !token.isTextual()) {
      refuse(address(call), Failure.invalid("token", "must be a string"));
    } else if (socket.open() == null && call.address().equals(RENEW)) {
      stranger(address(call), openFirst());
    } else {
      authenticate(
          token.textValue(), address(call), identity -> reply(call, desk.welcome().to(identity)));
    }
  }

  private void authenticate(String token, Optional<String> address, Consumer<Identity> next) {
    authenticating = true;
    desk.turn()
        .here(desk.authenticator().authenticate(token))
        .map(identity -> socket.settle(identity, token))
        .onComplete(
            outcome -> {
              authenticating = false;
              if (outcome.failed()) {
                stranger(address, Failure.from(outcome.cause()));
              } else if (!socket.closed()) {
                company.enter();
                next.accept(outcome.result());
              }
              serveAll();
            });
  }

  private void stranger(Optional<String> address, Failure failure) {
    refuse(address, failure);
    if (socket.open() == null && ++strangers >= MAX_STRANGERS) {
      socket.shut(CloseCode.UNAUTHENTICATED);
    }
  }

  private static Failure openFirst() {
    return Failure.of(Reason.UNAUTHENTICATED, "open a session first");
  }
}
