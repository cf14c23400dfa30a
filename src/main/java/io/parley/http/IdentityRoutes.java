package io.parley.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.Identifier;
import io.parley.accounts.Identity;
import io.parley.accounts.IdentityApi;
import io.parley.accounts.Password;
import io.parley.bus.Bus;
import io.parley.commands.Args;
import io.parley.failure.Failure;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.util.Arrays;

/** Passwords, and what people are known by. */
final class IdentityRoutes {
  private final Operations operations;
  private final Bus bus;

  IdentityRoutes(Operations operations, Bus bus) {
    this.operations = operations;
    this.bus = bus;
  }

  void mount() {
    operations
        .on("verifyEmail", this::verifyEmail)
        .on("resendVerification", this::resend)
        .on("askPasswordReset", this::askReset)
        .on("resetPassword", this::reset)
        .on("changePassword", this::changePassword)
        .on("changeIdentifier", this::changeIdentifier);
  }

  private Future<Reply> verifyEmail(Call call) {
    return bus.ask(IdentityApi.VERIFY_EMAIL, new IdentityApi.VerifyEmail(call.args().text("token")))
        .map(done -> Reply.nothing());
  }

  private Future<Reply> resend(Call call) {
    return bus.ask(IdentityApi.RESEND, new IdentityApi.Resend(call.caller().user()))
        .map(done -> Reply.accepted());
  }

  private Future<Reply> askReset(Call call) {
    return bus.ask(IdentityApi.ASK_RESET, new IdentityApi.AskReset(call.args().text("email")))
        .map(done -> Reply.accepted());
  }

  private Future<Reply> reset(Call call) {
    Args args = call.args();
    IdentityApi.Reset asked =
        new IdentityApi.Reset(
            args.text("token"), new Password(args.text("password")), call.address());
    return bus.ask(IdentityApi.RESET, asked).map(done -> Reply.nothing());
  }

  private Future<Reply> changePassword(Call call) {
    Identity caller = call.caller();
    IdentityApi.ChangePassword asked =
        new IdentityApi.ChangePassword(
            caller.user(),
            caller.session(),
            new Password(call.args().text("current")),
            new Password(call.args().text("password")),
            call.address());
    return bus.ask(IdentityApi.CHANGE_PASSWORD, asked).map(done -> Reply.nothing());
  }

  private Future<Reply> changeIdentifier(Call call) {
    Args args = call.args();
    IdentityApi.ChangeIdentifier asked =
        new IdentityApi.ChangeIdentifier(
            call.caller().user(),
            kind(args.text("kind")),
            args.optionalText("value"),
            new Password(args.text("password")),
            call.address());
    return bus.ask(IdentityApi.CHANGE_IDENTIFIER, asked).map(IdentityRoutes::changed);
  }

  private static Reply changed(IdentityApi.Changed changed) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("user", Json.mapper().valueToTree(changed.account()));
    changed.pending().ifPresent(address -> body.put("pending", address));
    return Reply.ok(body);
  }

  private static Identifier.Kind kind(String word) {
    return Arrays.stream(Identifier.Kind.values())
        .filter(kind -> kind.field().equals(word))
        .findFirst()
        .orElseThrow(() -> Failure.invalid("kind", "must be email, phoneNumber or username"));
  }
}
