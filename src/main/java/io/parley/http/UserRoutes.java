package io.parley.http;

import io.parley.accounts.AccountsApi;
import io.parley.bus.Bus;
import io.parley.json.Json;
import io.vertx.core.Future;

/** People. */
final class UserRoutes {
  private final Operations operations;
  private final Bus bus;

  UserRoutes(Operations operations, Bus bus) {
    this.operations = operations;
    this.bus = bus;
  }

  void mount() {
    operations
        .on("me", this::me)
        .on("getUser", call -> operations.run("users.get", call).map(Reply::ok))
        .on("searchUsers", this::search);
  }

  private Future<Reply> me(Call call) {
    return bus.ask(AccountsApi.OWN, new AccountsApi.Own(call.caller().user()))
        .map(account -> Reply.ok(Json.mapper().valueToTree(account)));
  }

  private Future<Reply> search(Call call) {
    return operations.run("users.search", call).map(page -> Links.list(call, "after", page));
  }
}
