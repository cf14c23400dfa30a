package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.DeparturesApi;
import io.parley.accounts.Identity;
import io.parley.accounts.Notifications;
import io.parley.accounts.Password;
import io.parley.accounts.Policy;
import io.parley.accounts.ProfilesApi;
import io.parley.bus.Bus;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Looking people up, and what one says of oneself. */
final class UserCommands {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final Bus bus;

  UserCommands(Bus bus) {
    this.bus = bus;
  }

  Map<String, Command> table() {
    return Map.of(
        "users.search", this::search,
        "users.get", this::get,
        "profile.get", this::own,
        "profile.update", this::update,
        "account.delete", this::delete);
  }

  private Future<JsonNode> search(Identity caller, Args args) {
    AccountsApi.Directory asked =
        new AccountsApi.Directory(
            args.optionalText("query"),
            args.optionalText("after"),
            args.limit(PAGE, MAX_PAGE),
            Optional.of(caller.user()));
    return bus.ask(AccountsApi.DIRECTORY, asked).map(Answers::tree);
  }

  private Future<JsonNode> get(Identity caller, Args args) {
    ProfilesApi.Look asked = new ProfilesApi.Look(caller.user(), args.user("user"));
    return bus.ask(ProfilesApi.LOOK, asked).map(Answers::tree);
  }

  private Future<JsonNode> own(Identity caller, Args args) {
    return bus.ask(ProfilesApi.OWN, new ProfilesApi.Mine(caller.user())).map(Answers::tree);
  }

  private Future<JsonNode> update(Identity caller, Args args) {
    ProfilesApi.Update asked =
        new ProfilesApi.Update(
            caller.user(),
            args.optionalText("name"),
            args.optionalText("about"),
            policy(args, "lastSeenFor"),
            policy(args, "photoFor"),
            args.optionalText("notifications")
                .map(word -> Notifications.parse("notifications", word)));
    return bus.ask(ProfilesApi.UPDATE, asked).map(Answers::tree);
  }

  private Future<JsonNode> delete(Identity caller, Args args) {
    DeparturesApi.Leave asked =
        new DeparturesApi.Leave(caller.user(), new Password(args.text("password")));
    return bus.ask(DeparturesApi.LEAVE, asked).map(left -> Answers.done());
  }

  private static Optional<Policy> policy(Args args, String field) {
    return args.optionalText(field).map(word -> Policy.parse(field, word));
  }
}
