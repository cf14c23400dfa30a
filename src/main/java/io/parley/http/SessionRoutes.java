package io.parley.http;

import io.vertx.core.Future;

/** Where one is signed in. */
final class SessionRoutes {
  private final Operations operations;
  private final RefreshCookie cookie;

  SessionRoutes(Operations operations, RefreshCookie cookie) {
    this.operations = operations;
    this.cookie = cookie;
  }

  void mount() {
    operations
        .on("listSessions", call -> operations.run("sessions.list", call).map(Reply::ok))
        .on("revokeSession", this::revoke)
        .on("revokeSessions", this::revokeAll);
  }

  private Future<Reply> revoke(Call call) {
    boolean own = call.args().text("session").equals(call.caller().session().toString());
    return operations
        .run("sessions.revoke", call)
        .map(done -> signedOut(call, own, Reply.nothing()));
  }

  private Future<Reply> revokeAll(Call call) {
    boolean own = !call.args().flag("keepCurrent");
    return operations
        .run("sessions.revokeAll", call)
        .map(ended -> signedOut(call, own, Reply.ok(ended)));
  }

  /** A browser that has ended its own session needs its cookie no more. */
  private Reply signedOut(Call call, boolean own, Reply reply) {
    return own ? cookie.clear(reply, call.request()) : reply;
  }
}
