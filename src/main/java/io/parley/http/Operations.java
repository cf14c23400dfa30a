package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.accounts.Identity;
import io.parley.accounts.Right;
import io.parley.accounts.Role;
import io.parley.commands.Command;
import io.parley.commands.Commands;
import io.parley.edge.Door;
import io.parley.edge.Remote;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What answers each operation of the contract, one for one. */
final class Operations {
  private static final String RESERVED = "/api/admin";

  private final Commands commands;
  private final Authentication authentication;
  private final Rationing rationing;
  private final MeterRegistry metrics;
  private final Door door;
  private final Map<String, Function<Call, Future<Reply>>> answers = new HashMap<>();
  private final Map<String, Right> rights = new HashMap<>();

  Operations(
      Commands commands,
      Authentication authentication,
      Rationing rationing,
      MeterRegistry metrics,
      Door door) {
    this.rationing = rationing;
    this.commands = commands;
    this.authentication = authentication;
    this.metrics = metrics;
    this.door = door;
  }

  /** Gives an operation its answer. */
  Operations on(String operation, Function<Call, Future<Reply>> answer) {
    if (answers.put(operation, answer) != null) {
      throw new IllegalStateException(operation + " has two answers");
    }
    return this;
  }

  /** Gives an operation below {@code /api/admin} its answer, and says what it takes. */
  Operations on(String operation, Right right, Function<Call, Future<Reply>> answer) {
    rights.put(operation, right);
    return on(operation, answer);
  }

  /** Runs a command of the table that sockets use as well. */
  Future<JsonNode> run(String name, Call call) {
    Command command =
        commands
            .find(name)
            .orElseThrow(() -> new IllegalStateException("there is no command " + name));
    return command.run(call.caller(), call.args());
  }

  /**
   * Binds every operation of the contract. Refuses to start when the two do not match, and when one
   * below {@code /api/admin} takes no right, or one elsewhere does.
   */
  void bind(RouterBuilder routes, OpenAPIContract contract) {
    Set<String> unknown = new HashSet<>(answers.keySet());
    for (OpenAPIRoute route : routes.getRoutes()) {
      Operation operation = route.getOperation();
      unknown.remove(operation.getOperationId());
      route
          .setDoValidation(false)
          .setDoSecurity(false)
          .addHandler(Operations::acceptable)
          .addHandler(handler(operation, contract));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("openapi.yaml does not know " + unknown);
    }
  }

  private Handler<RoutingContext> handler(Operation operation, OpenAPIContract contract) {
    String id = operation.getOperationId();
    Function<Call, Future<Reply>> answer = answers.get(id);
    if (answer == null) {
      throw new IllegalStateException("nothing answers " + id);
    }
    boolean secured = !operation.getSecurityRequirements().isEmpty();
    Optional<Right> right = right(operation, secured);
    Inputs inputs = new Inputs(operation, contract.getSchemaRepository());
    return routing -> {
      Timer.Sample started = Timer.start(metrics);
      Remote remote = door.proxies().remote(routing.request());
      rationing
          .count(routing.response(), remote, caller(routing, secured))
          .compose(
              identity ->
                  bounded(
                      identity,
                      () ->
                          rationing.bounded(
                              id,
                              remote,
                              () ->
                                  permitted(right, identity)
                                      .compose(
                                          may ->
                                              answer.apply(
                                                  new Call(
                                                      routing.request(),
                                                      remote,
                                                      identity,
                                                      inputs.read(routing)))))))
          .onSuccess(reply -> reply.send(routing.response()))
          .onFailure(cause -> Problems.send(routing.response(), cause))
          .onComplete(done -> measure(started, id, done.cause()));
    };
  }

  private Optional<Right> right(Operation operation, boolean secured) {
    Optional<Right> right = Optional.ofNullable(rights.get(operation.getOperationId()));
    boolean reserved = operation.getAbsoluteOpenAPIPath().startsWith(RESERVED);
    if (reserved != right.isPresent() || (reserved && !secured)) {
      throw new IllegalStateException(
          operation.getOperationId() + " is below " + RESERVED + " or takes a right, but not both");
    }
    return right;
  }

  /** Before anything of the request is looked at. Fails FORBIDDEN. */
  private static Future<Void> permitted(Optional<Right> right, Optional<Identity> identity) {
    right.ifPresent(needed -> needed.require(identity.map(Identity::role).orElse(Role.USER)));
    return Future.succeededFuture();
  }

  private Future<Optional<Identity>> caller(RoutingContext routing, boolean secured) {
    return secured
        ? authentication.caller(routing.request()).map(Optional::of)
        : Future.succeededFuture(Optional.empty());
  }

  /** Those without a name are bounded by their connections: each carries one request at a time. */
  private Future<Reply> bounded(Optional<Identity> identity, Supplier<Future<Reply>> work) {
    return identity
        .map(known -> door.serve(known.user().toString(), work))
        .orElseGet(() -> Future.succeededFuture().compose(start -> work.get()));
  }

  private void measure(Timer.Sample started, String operation, @Nullable Throwable cause) {
    String outcome = cause == null ? "OK" : Failure.from(cause).reason().name();
    started.stop(metrics.timer("parley.http.requests", "operation", operation, "outcome", outcome));
  }

  /** Refuses an answer in a form that no operation can give. Fails with 406. */
  private static void acceptable(RoutingContext routing) {
    List<MIMEHeader> wanted = routing.parsedHeaders().accept();
    boolean fine =
        wanted.isEmpty()
            || wanted.stream()
                .filter(type -> type.weight() > 0)
                .anyMatch(type -> gives(type.component(), type.subComponent()));
    if (fine) {
      routing.next();
    } else {
      Problems.send(
          routing.response(),
          406,
          Failure.of(Reason.INVALID, "answers come as application/json").with("field", "Accept"));
    }
  }

  private static boolean gives(String type, String subtype) {
    return type.equals("*")
        || (type.equals("application")
            && (subtype.equals("*") || subtype.equals("json") || subtype.equals("problem+json")));
  }
}
