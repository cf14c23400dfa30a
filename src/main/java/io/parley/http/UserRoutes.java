package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Role;
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
        .map(account -> Reply.ok(own(account, call.caller().role())));
  }

  private static JsonNode own(AccountsApi.Account account, Role role) {
    ObjectNode own = Json.mapper().valueToTree(account);
    return own.put("role", role.word());
  }

  private Future<Reply> search(Call call) {
    return operations.run("users.search", call).map(page -> Links.list(call, "after", page));
  }
}
