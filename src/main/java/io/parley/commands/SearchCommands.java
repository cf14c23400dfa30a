package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.rooms.RoomId;
import io.parley.search.SearchApi;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Finding messages. */
final class SearchCommands {
  private static final int PAGE = 20;
  private static final int MAX_PAGE = 50;

  private final Bus bus;
  private final Pace pace;

  SearchCommands(Bus bus, Pace pace) {
    this.bus = bus;
    this.pace = pace;
  }

  Map<String, Command> table() {
    return Map.of("search.messages", this::messages);
  }

  private Future<JsonNode> messages(Identity caller, Args args) {
    Optional<RoomId> room = args.optionalRoom();
    SearchApi.Search search =
        new SearchApi.Search(
            caller.user(),
            args.text("query"),
            room,
            args.optionalText("sort").map(SearchCommands::ranked).orElse(false),
            args.optionalText("after"),
            args.limit(PAGE, MAX_PAGE));
    return pace.search(caller.user().value())
        .map(Future::<JsonNode>failedFuture)
        .orElseGet(() -> bus.ask(SearchApi.MESSAGES, search).map(Answers::found));
  }

  private static boolean ranked(String sort) {
    return switch (sort) {
      case "rank" -> true;
      case "time" -> false;
      default -> throw Failure.invalid("sort", "must be time or rank");
    };
  }
}
