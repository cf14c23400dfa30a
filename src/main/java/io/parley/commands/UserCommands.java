package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Looking people up. */
final class UserCommands {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final Bus bus;

  UserCommands(Bus bus) {
    this.bus = bus;
  }

  Map<String, Command> table() {
    return Map.of("users.search", this::search, "users.get", this::get);
  }

  private Future<JsonNode> search(Identity caller, Args args) {
    AccountsApi.Directory asked =
        new AccountsApi.Directory(
            args.optionalText("query"), args.optionalText("after"), args.limit(PAGE, MAX_PAGE));
    return bus.ask(AccountsApi.DIRECTORY, asked).map(Answers::tree);
  }

  private Future<JsonNode> get(Identity caller, Args args) {
    AccountsApi.Profiles asked = new AccountsApi.Profiles(List.of(args.user("user")));
    return bus.ask(AccountsApi.PROFILES, asked).map(UserCommands::only).map(Answers::tree);
  }

  private static AccountsApi.Profile only(AccountsApi.ProfilesFound found) {
    return found.users().stream()
        .findFirst()
        .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such user"));
  }
}
