package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What people do on an ordinary day, and how often. */
enum Deed {
  POST(30, "post"),
  READ(25, "move their read marker"),
  TYPING(20, "type"),
  HISTORY(10, "read 50 messages of history"),
  LIST(5, "list their rooms"),
  REJOIN(5, "leave their room and enter it again"),
  RECONNECT(5, "lose their connection and catch up");

  private static final int PAGE = 50;
  private static final int ALL = Arrays.stream(values()).mapToInt(deed -> deed.share).sum();

  private final int share;
  private final String words;

  Deed(int share, String words) {
    this.share = share;
    this.words = words;
  }

  /** All that happens, for people to read. */
  static String day() {
    return Arrays.stream(values())
        .map(deed -> deed.share * 100 / ALL + " % " + deed.words)
        .collect(Collectors.joining(", "));
  }

  /**
   * @param chance from 0 to 1
   */
  static Deed of(double chance) {
    double rest = chance * ALL;
    for (Deed deed : values()) {
      rest -= deed.share;
      if (rest < 0) {
        return deed;
      }
    }
    return POST;
  }

  /** Has somebody do it; completes when it is done. */
  Future<Void> by(LoadSocket socket, int number, String text) {
    ObjectNode body = Json.mapper().createObjectNode().put("room", socket.member().room());
    return switch (this) {
      case POST ->
          socket.ask("messages.post", body.put("cid", PostScript.cid(number)).put("text", text));
      case READ -> socket.ask("messages.read", body.put("seq", Math.max(1, socket.place().seq())));
      case TYPING -> socket.ask("messages.typing", body);
      case HISTORY -> socket.ask("messages.history", body.put("limit", PAGE));
      case LIST -> socket.ask("rooms.list", Json.mapper().createObjectNode());
      case REJOIN -> rejoin(socket, body);
      case RECONNECT -> reconnect(socket);
    };
  }

  private static Future<Void> rejoin(LoadSocket socket, ObjectNode body) {
    socket.unregister();
    return socket
        .ask("rooms.leave", body)
        .compose(left -> socket.ask("rooms.join", body))
        .compose(entered -> socket.listen(List.of(socket.member().room())));
  }

  private static Future<Void> reconnect(LoadSocket socket) {
    socket.drop();
    return socket.connect();
  }
}
