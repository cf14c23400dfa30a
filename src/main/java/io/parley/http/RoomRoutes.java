package io.parley.http;

import io.vertx.core.Future;

/** Rooms and their members. */
final class RoomRoutes {
  private final Operations operations;

  RoomRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("listRooms", call -> page(call, "rooms.list"))
        .on("createRoom", call -> operations.run("rooms.create", call).map(Reply::created))
        .on("directRoom", this::direct)
        .on("getRoom", call -> operations.run("rooms.get", call).map(Reply::ok))
        .on("updateRoom", call -> operations.run("rooms.update", call).map(Reply::ok))
        .on("deleteRoom", call -> quietly(call, "rooms.delete"))
        .on("joinRoom", call -> operations.run("rooms.join", call).map(Reply::ok))
        .on("leaveRoom", call -> quietly(call, "rooms.leave"))
        .on("listMembers", call -> page(call, "rooms.members"))
        .on("addMember", call -> quietly(call, "rooms.add"))
        .on("removeMember", call -> quietly(call, "rooms.remove"))
        .on("giveRoomRole", call -> quietly(call, "rooms.role"));
  }

  private Future<Reply> direct(Call call) {
    call.fields().set("user", call.fields().get("userId"));
    return operations.run("rooms.direct", call).map(Reply::ok);
  }

  private Future<Reply> page(Call call, String command) {
    return operations.run(command, call).map(page -> Links.list(call, "after", page));
  }

  private Future<Reply> quietly(Call call, String command) {
    return operations.run(command, call).map(done -> Reply.nothing());
  }
}
