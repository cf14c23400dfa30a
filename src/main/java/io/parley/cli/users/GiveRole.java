package io.parley.cli.users;

import io.parley.accounts.Role;
import io.parley.accounts.StaffApi;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley user role}: what somebody is. */
@Command(
    name = "role",
    mixinStandardHelpOptions = true,
    description =
        "Gives somebody another role: user, moderator or admin. The last admin stays one.")
final class GiveRole implements Callable<Integer> {
  private final Server server;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "USER", description = "Whose account.")
  private String user = "";

  @Parameters(index = "1", paramLabel = "ROLE", description = "user, moderator or admin.")
  private String role = "";

  GiveRole(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    Teller teller = new Teller(spec);
    teller.account(Desk.at(server, false, teller, desk -> Desk.await(change(desk))));
    return 0;
  }

  private Future<StaffApi.Listed> change(Desk desk) {
    Role given = Role.parse("ROLE", role);
    return desk.staff()
        .giveRole(new StaffApi.GiveRole(Desk.operator(), desk.find(user), given, Optional.empty()));
  }
}
