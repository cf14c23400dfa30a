package io.parley.http;

import io.vertx.core.Future;

/** How people want to have their rooms, and asking to be let in. */
final class MembershipRoutes {
  private final Operations operations;

  MembershipRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("setRoomSettings", call -> operations.run("rooms.settings", call).map(Reply::ok))
        .on("askToJoin", call -> operations.run("rooms.ask", call).map(Reply::ok))
        .on("withdrawRequest", call -> quietly(call, "rooms.withdraw"))
        .on("listRequests", this::page)
        .on("admitRequest", call -> quietly(call, "rooms.admit"))
        .on("refuseRequest", call -> quietly(call, "rooms.refuse"));
  }

  private Future<Reply> page(Call call) {
    return operations.run("rooms.requests", call).map(page -> Links.list(call, "after", page));
  }

  private Future<Reply> quietly(Call call, String command) {
    return operations.run(command, call).map(done -> Reply.nothing());
  }
}
