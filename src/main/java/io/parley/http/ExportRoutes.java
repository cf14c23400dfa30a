package io.parley.http;

import io.parley.accounts.ExportsApi;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.commands.Export;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;

/** Everything that is known of oneself, to take along: sent as it is read. */
final class ExportRoutes {
  private final Operations operations;
  private final Bus bus;
  private final Export export;

  ExportRoutes(Operations operations, Bus bus, Clock clock) {
    this.operations = operations;
    this.bus = bus;
    this.export = new Export(bus, clock);
  }

  void mount() {
    operations.on("exportAccount", this::export);
  }

  private Future<Reply> export(Call call) {
    UserId user = call.caller().user();
    return bus.ask(ExportsApi.BEGIN, new ExportsApi.BeginExport(user))
        .compose(begun -> stream(call, user))
        .map(Reply.sent());
  }

  /** Whoever has all of it may ask for the next one. */
  private Future<Void> stream(Call call, UserId user) {
    HttpServerResponse response = call.request().response();
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"parley.json\"");
    return export
        .write(call.caller(), response::write)
        .eventually(() -> end(user))
        .compose(done -> response.end());
  }

  /** That it cannot be told is no harm: it ends by itself. */
  private Future<ExportsApi.ExportEnded> end(UserId user) {
    return bus.ask(ExportsApi.END, new ExportsApi.EndExport(user))
        .otherwise(new ExportsApi.ExportEnded());
  }
}
