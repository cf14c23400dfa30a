package io.parley.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Reads page by page, over REST, what somebody has missed who missed more than a socket sends. */
final class CatchUp {
  private static final int PAGE = 100;

  private final Stage stage;
  private final Member member;
  private final Place place;

  private CatchUp(Stage stage, LoadSocket socket) {
    this.stage = stage;
    this.member = socket.member();
    this.place = socket.place();
  }

  /** Goes on from the place of a socket to the end of its room, while nothing comes to it. */
  static Future<Void> of(Stage stage, LoadSocket socket) {
    return new CatchUp(stage, socket).page();
  }

  private Future<Void> page() {
    String from = URLEncoder.encode(place.cursor(), StandardCharsets.UTF_8);
    return stage
        .rest(member.index())
        .get(
            "/api/rooms/" + member.room() + "/sync?limit=" + PAGE + "&cursor=" + from,
            member.person().token())
        .compose(
            page -> {
              JsonNode entries = page.path("entries");
              entries.forEach(
                  entry -> place.took(entry.path("seq").asInt(), entry.path("cursor").asText()));
              boolean more = page.path("more").asBoolean() && entries.size() > 0;
              return more ? page() : Future.succeededFuture();
            });
  }
}
