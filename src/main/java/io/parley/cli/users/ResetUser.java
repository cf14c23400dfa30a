package io.parley.cli.users;

import io.parley.accounts.Password;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley user reset}: another password. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a link with which to choose a new password: it works once, for half an hour, and"
          + " whoever has it can take the account over. With --password-stdin it sets the password"
          + " that is on the standard input, and ends all sessions."
    })
final class ResetUser implements Callable<Integer> {
  private final Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "Whose account.")
  private String user = "";

  @Option(names = "--password-stdin", description = "Set this password, and print no link.")
  private boolean fromInput;

  ResetUser(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    Optional<Password> password =
        fromInput ? Optional.of(NewPassword.fromInput()) : Optional.empty();
    Teller teller = new Teller(spec);
    teller.tell(
        Desk.at(
            server,
            false,
            teller,
            desk -> password.map(given -> set(desk, given)).orElseGet(() -> link(desk))));
    return 0;
  }

  private String link(Desk desk) {
    return Desk.await(desk.operators().resetLink(Desk.operator(), desk.find(user)));
  }

  private String set(Desk desk, Password password) {
    int ended =
        Desk.await(desk.operators().setPassword(Desk.operator(), desk.find(user), password));
    return "The password is set, and " + ended + " sessions have ended.";
  }
}
