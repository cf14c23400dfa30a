package io.parley.http;

/** Links that lead into rooms. Their tokens come in bodies, since servers note down addresses. */
final class InviteRoutes {
  private final Operations operations;

  InviteRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("makeInvite", call -> operations.run("rooms.invite", call).map(Reply::created))
        .on("listInvites", call -> operations.run("rooms.invites", call).map(Reply::ok))
        .on(
            "revokeInvite",
            call -> operations.run("rooms.uninvite", call).map(done -> Reply.nothing()))
        .on("lookAtInvite", call -> operations.run("rooms.invited", call).map(Reply::ok))
        .on("acceptInvite", call -> operations.run("rooms.accept", call).map(Reply::ok));
  }
}
