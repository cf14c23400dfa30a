package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Right;
import io.parley.accounts.Role;
import io.parley.accounts.SessionId;
import io.parley.accounts.StaffApi;
import io.parley.audit.Actor;
import io.parley.audit.AuditApi;
import io.parley.bus.Bus;
import io.parley.bus.Endpoint;
import io.parley.commands.Args;
import io.parley.failure.Failure;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What those may do who run the server. Each says here what right it takes; the capability looks
 * once more, and at whom it is done to.
 */
final class StaffRoutes {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 100;
  private static final int MAX_ENTRIES = 200;

  private final Operations operations;
  private final Bus bus;

  StaffRoutes(Operations operations, Bus bus) {
    this.operations = operations;
    this.bus = bus;
  }

  void mount() {
    operations
        .on("listAccounts", Right.LOOK_UP, this::list)
        .on("getAccount", Right.LOOK_UP, this::look)
        .on("giveRole", Right.GIVE_ROLES, this::giveRole)
        .on("disableAccount", Right.SUSPEND, this::disable)
        .on("enableAccount", Right.SUSPEND, this::enable)
        .on("endSessions", Right.SUSPEND, this::endSessions)
        .on("readAudit", Right.READ_AUDIT, this::readAudit);
  }

  private Future<Reply> list(Call call) {
    Args args = call.args();
    StaffApi.Search asked =
        new StaffApi.Search(
            by(call),
            args.optionalText("query"),
            args.optionalText("role").map(word -> Role.parse("role", word)),
            args.optionalText("disabled").map(Boolean::valueOf),
            args.optionalText("after"),
            args.limit(PAGE, MAX_PAGE));
    return tree(StaffApi.SEARCH, asked).map(page -> Links.list(call, "after", page));
  }

  private Future<Reply> look(Call call) {
    return ok(StaffApi.LOOK, new StaffApi.LookUp(by(call), call.args().user("user")));
  }

  private Future<Reply> giveRole(Call call) {
    Args args = call.args();
    Role role = Role.parse("role", args.text("role"));
    return ok(
        StaffApi.GIVE_ROLE,
        new StaffApi.GiveRole(by(call), args.user("user"), role, call.address()));
  }

  private Future<Reply> disable(Call call) {
    Args args = call.args();
    return ok(
        StaffApi.DISABLE,
        new StaffApi.Disable(by(call), args.user("user"), args.text("reason"), call.address()));
  }

  private Future<Reply> enable(Call call) {
    return ok(
        StaffApi.ENABLE, new StaffApi.Enable(by(call), call.args().user("user"), call.address()));
  }

  private Future<Reply> endSessions(Call call) {
    Args args = call.args();
    Optional<SessionId> session =
        args.optionalText("session").map(given -> new SessionId(args.uuid("session")));
    return ok(
        StaffApi.END_SESSIONS,
        new StaffApi.EndSessions(by(call), args.user("user"), session, call.address()));
  }

  private Future<Reply> readAudit(Call call) {
    Args args = call.args();
    AuditApi.Query query =
        new AuditApi.Query(
            args.optionalText("actor"),
            args.optionalText("subject").map(given -> args.uuid("subject")),
            args.optionalText("act"),
            time(args, "from"),
            time(args, "until"),
            args.optionalText("after"),
            args.limit(PAGE, MAX_ENTRIES));
    return tree(StaffApi.READ_AUDIT, new StaffApi.ReadAudit(by(call), query))
        .map(page -> Links.list(call, "after", page));
  }

  private static Optional<Instant> time(Args args, String field) {
    return args.optionalText(field).map(text -> time(field, text));
  }

  private static Instant time(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notOne) {
      throw Failure.invalid(field, "must be a time such as 2026-11-21T02:30:00Z");
    }
  }

  private static Actor by(Call call) {
    return Actor.account(call.caller().user().value());
  }

  private <Q extends Record> Future<Reply> ok(Endpoint<Q, ?> endpoint, Q asked) {
    return tree(endpoint, asked).map(Reply::ok);
  }

  private <Q extends Record> Future<JsonNode> tree(
      Endpoint<Q, ? extends Record> endpoint, Q asked) {
    return bus.ask(endpoint, asked).map(answer -> Json.mapper().valueToTree(answer));
  }
}
