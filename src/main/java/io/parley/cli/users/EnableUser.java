package io.parley.cli.users;

import io.parley.accounts.StaffApi;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley user enable}: somebody may sign in again. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description = "Lets somebody sign in again.")
final class EnableUser implements Callable<Integer> {
  private final Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "Whose account.")
  private String user = "";

  EnableUser(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    Teller teller = new Teller(spec);
    teller.account(
        Desk.at(
            server,
            false,
            teller,
            desk ->
                Desk.await(
                    desk.staff()
                        .enable(
                            new StaffApi.Enable(
                                Desk.operator(), desk.find(user), Optional.empty())))));
    return 0;
  }
}
