package io.parley.http;

import io.vertx.core.Future;

/** People. */
final class UserRoutes {
  private final Operations operations;

  UserRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("me", this::me)
        .on("getUser", call -> operations.run("users.get", call).map(Reply::ok))
        .on("searchUsers", this::search);
  }

  private Future<Reply> me(Call call) {
    call.fields().put("user", call.caller().user().toString());
    return operations.run("users.get", call).map(Reply::ok);
  }

  private Future<Reply> search(Call call) {
    return operations.run("users.search", call).map(page -> Links.list(call, "after", page));
  }
}
