package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.Identity;
import io.parley.config.BridgeConfig;
import io.parley.config.EdgeConfig;
import io.parley.config.LimitsConfig;
import io.parley.config.PresenceConfig;
import io.parley.json.Json;

/** What a client is told when its session is open: who it is, and what it may do at most. */
final class Welcome {
  private final ObjectNode limits;
  private final ObjectNode server;

  Welcome(
      BridgeConfig bridge,
      LimitsConfig limits,
      EdgeConfig edge,
      PresenceConfig presence,
      boolean mails) {
    this.limits =
        JsonNodeFactory.instance
            .objectNode()
            .put("messageCodePoints", limits.messageCodePoints())
            .put("messageBytes", limits.messageBytes().bytes())
            .put("roomRate", limits.roomRate())
            .put("roomBurst", limits.roomBurst())
            .put("userRate", limits.userRate())
            .put("userBurst", limits.userBurst())
            .put("roomCeiling", limits.roomCeiling())
            .put("messageCeiling", limits.messageCeiling())
            .put("restUser", limits.restUser())
            .put("restAnonymous", limits.restAnonymous())
            .put("newAccounts", limits.registrations())
            .put("historyPage", limits.historyPage())
            .put("historyMax", limits.historyMax())
            .put("frameBytes", bridge.maxFrame().bytes())
            .put("frameRate", edge.frameRate())
            .put("frameBurst", edge.frameBurst())
            .put("registrations", bridge.maxRegistrations())
            .put("sockets", bridge.maxSocketsPerUser())
            .put("backlog", bridge.backlog())
            .put("watched", presence.watched())
            .put("unsentBytes", bridge.maxUnsentPerSocket().bytes());
    this.server =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "parley")
            .put("heartbeatMs", bridge.heartbeat().toMillis())
            .put("livenessMs", bridge.liveness().toMillis())
            .put("mails", mails);
  }

  JsonNode to(Identity identity) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("user").put("id", identity.user().toString()).put("name", identity.name());
    answer.put("session", identity.session().toString());
    answer.put("expiresAt", Json.time(identity.expiresAt()));
    answer.set("limits", limits);
    answer.set("server", server);
    return answer;
  }
}
