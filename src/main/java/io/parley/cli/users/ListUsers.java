package io.parley.cli.users;

import io.parley.accounts.Role;
import io.parley.accounts.StaffApi;
import io.parley.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley user list}: who there is. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists accounts by name.")
final class ListUsers implements Callable<Integer> {
  private final Server server;
  @Spec private CommandSpec spec;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "Part of a name or username, or a whole e-mail address or phone number.")
  private @Nullable String query;

  @Option(names = "--role", paramLabel = "ROLE", description = "Only those of a role.")
  private @Nullable String role;

  @Option(names = "--disabled", description = "Only those who may not sign in.")
  private boolean disabled;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many at most, up to 100 (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private int limit = 50;

  @Option(names = "--after", paramLabel = "PLACE", description = "Where the page before ended.")
  private @Nullable String after;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  ListUsers(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    StaffApi.Search search =
        new StaffApi.Search(
            Desk.operator(),
            Optional.ofNullable(query),
            Optional.ofNullable(role).map(word -> Role.parse("--role", word)),
            disabled ? Optional.of(true) : Optional.empty(),
            Optional.ofNullable(after),
            limit);
    Teller teller = new Teller(spec);
    StaffApi.ListedPage page =
        Desk.at(server, false, teller, desk -> Desk.await(desk.staff().search(search)));
    if (json) {
      teller.json(page);
    } else {
      teller.table(
          List.of("ID", "USERNAME", "NAME", "ROLE", "STATE", "SINCE"),
          page.users().stream().map(ListUsers::row).toList());
      page.next().ifPresent(next -> teller.aside("There are more: --after " + next));
    }
    return 0;
  }

  private static List<String> row(StaffApi.Listed account) {
    return List.of(
        account.id().toString(),
        account.username().orElse("-"),
        account.name(),
        account.role().word(),
        account.disabled().isPresent() ? "disabled" : "ok",
        Json.time(account.createdAt()));
  }
}
