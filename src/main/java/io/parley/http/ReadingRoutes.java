package io.parley.http;

import io.vertx.core.Future;

/** How far people have read, and what is unread. */
final class ReadingRoutes {
  private final Operations operations;

  ReadingRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on("read", call -> operations.run("messages.read", call).map(Reply::ok))
        .on("delivered", call -> run(call, "messages.delivered"))
        .on("receipts", call -> operations.run("messages.receipts", call).map(Reply::ok))
        .on("markUnread", call -> operations.run("messages.unread", call).map(Reply::ok))
        .on("explainUnread", this::explain);
  }

  private Future<Reply> run(Call call, String command) {
    return operations.run(command, call).map(done -> Reply.nothing());
  }

  private Future<Reply> explain(Call call) {
    return operations.run("messages.explain", call).map(page -> Links.list(call, "after", page));
  }
}
