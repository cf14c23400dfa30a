package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.RestCalls;
import io.parley.cli.load.socket.Lane;
import io.parley.cli.load.socket.Lanes;
import io.parley.json.Json;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** What all people of a run share. */
final class Stage {
  private static final int CONNECTIONS = 200;

  private final Vertx vertx;
  private final LoadPlan plan;
  private final Nodes nodes;
  private final Consumer<String> progress;
  private final Lanes lanes;
  private final List<FrameReader> readers;
  private final List<RestCalls> rest;
  private final PostScript script;
  private final Renewals renewals;

  Stage(Vertx vertx, LoadPlan plan, Nodes nodes, Consumer<String> progress) {
    this.vertx = vertx;
    this.plan = plan;
    this.nodes = nodes;
    this.progress = progress;
    this.lanes = Lanes.of(vertx, plan.threads(), plan.seed());
    this.readers = lanes.all().stream().map(lane -> new FrameReader(plan.framing())).toList();
    this.rest =
        plan.rest().stream().map(origin -> new RestCalls(vertx, origin, CONNECTIONS)).toList();
    this.script = new PostScript(plan.framing(), text());
    this.renewals = new Renewals(rest.get(0));
  }

  Vertx vertx() {
    return vertx;
  }

  LoadPlan plan() {
    return plan;
  }

  Nodes nodes() {
    return nodes;
  }

  /** Tells whoever waits a line. */
  void tell(String line) {
    progress.accept(line);
  }

  Consumer<String> progress() {
    return progress;
  }

  Lane lane(int socket) {
    return lanes.of(socket);
  }

  FrameReader reader(Lane lane) {
    return readers.get(lane.number());
  }

  /** The REST API for somebody. */
  RestCalls rest(int person) {
    return rest.get(person % rest.size());
  }

  PostScript script() {
    return script;
  }

  /** The message of a number, as REST takes it. */
  ObjectNode restPost(int number) {
    return Json.mapper().createObjectNode().put("cid", PostScript.cid(number)).put("text", text());
  }

  /** What everybody says. */
  String text() {
    return "x".repeat(plan.bodyBytes());
  }

  Renewals renewals() {
    return renewals;
  }
}
