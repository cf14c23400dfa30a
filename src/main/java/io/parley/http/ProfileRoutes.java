package io.parley.http;

import io.vertx.core.Future;

/** What one says of oneself, whom one knows, and of whom one wants nothing. */
final class ProfileRoutes {
  private final Operations operations;

  ProfileRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("getProfile", call -> operations.run("profile.get", call).map(Reply::ok))
        .on("updateProfile", call -> operations.run("profile.update", call).map(Reply::ok))
        .on("getPresence", call -> operations.run("presence.get", call).map(Reply::ok))
        .on("setPresence", call -> operations.run("presence.set", call).map(Reply::ok))
        .on("deleteAccount", call -> quietly(call, "account.delete"))
        .on("listContacts", call -> page(call, "contacts.list"))
        .on("addContact", call -> operations.run("contacts.add", call).map(Reply::ok))
        .on("removeContact", call -> quietly(call, "contacts.remove"))
        .on("listBlocked", call -> page(call, "contacts.blocked"))
        .on("block", call -> quietly(call, "contacts.block"))
        .on("unblock", call -> quietly(call, "contacts.unblock"));
  }

  private Future<Reply> page(Call call, String command) {
    return operations.run(command, call).map(page -> Links.list(call, "after", page));
  }

  private Future<Reply> quietly(Call call, String command) {
    return operations.run(command, call).map(done -> Reply.nothing());
  }
}
