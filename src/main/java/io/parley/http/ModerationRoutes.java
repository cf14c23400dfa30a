package io.parley.http;

import io.vertx.core.Future;

/** What keeps the peace in rooms. */
final class ModerationRoutes {
  private final Operations operations;

  ModerationRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("listBans", call -> page(call, "rooms.bans"))
        .on("banFromRoom", call -> quietly(call, "rooms.ban"))
        .on("unbanFromRoom", call -> quietly(call, "rooms.unban"))
        .on("muteMember", call -> quietly(call, "rooms.mute"))
        .on("unmuteMember", call -> quietly(call, "rooms.unmute"))
        .on("archiveRoom", call -> operations.run("rooms.archive", call).map(Reply::ok))
        .on("unarchiveRoom", call -> operations.run("rooms.unarchive", call).map(Reply::ok));
  }

  private Future<Reply> page(Call call, String command) {
    return operations.run(command, call).map(page -> Links.list(call, "after", page));
  }

  private Future<Reply> quietly(Call call, String command) {
    return operations.run(command, call).map(done -> Reply.nothing());
  }
}
