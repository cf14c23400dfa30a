package io.parley.cli.users;

import io.parley.accounts.StaffApi;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley user disable}: somebody may not sign in. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description = "Keeps somebody from signing in, and ends their sessions.")
final class DisableUser implements Callable<Integer> {
  private final Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "Whose account.")
  private String user = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "For those who run the server; gone with the account.")
  private String reason = "";

  DisableUser(Server server) {
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
                        .disable(
                            new StaffApi.Disable(
                                Desk.operator(), desk.find(user), reason, Optional.empty())))));
    return 0;
  }
}
