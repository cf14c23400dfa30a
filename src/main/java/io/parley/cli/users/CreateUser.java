package io.parley.cli.users;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.Password;
import io.parley.accounts.Role;
import io.parley.accounts.UserId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley user create}: an account, such as the first admin. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Makes an account, and prints its id. The password is asked for, or read from the standard"
          + " input; what is too weak to sign up with is refused here as well.",
      "On a server that has never run this makes its database first."
    })
final class CreateUser implements Callable<Integer> {
  private final Server server;
  @Spec private CommandSpec spec;

  @Option(names = "--username", paramLabel = "NAME", description = "What to sign in with.")
  private @Nullable String username;

  @Option(names = "--email", paramLabel = "ADDRESS", description = "As well, or instead.")
  private @Nullable String email;

  @Option(names = "--phone", paramLabel = "NUMBER", description = "As well, or instead: +49 …")
  private @Nullable String phone;

  @Option(names = "--name", paramLabel = "NAME", description = "What others see.")
  private @Nullable String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "user, moderator or admin (default: ${DEFAULT-VALUE}).",
      defaultValue = "user")
  private String role = "user";

  @Option(names = "--password-stdin", description = "Read the password from the standard input.")
  private boolean fromInput;

  CreateUser(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    Role given = Role.parse("--role", role);
    Password password = fromInput ? NewPassword.fromInput() : NewPassword.typed();
    AccountsApi.Register account =
        new AccountsApi.Register(
            Optional.ofNullable(email),
            Optional.ofNullable(phone),
            Optional.ofNullable(username),
            Optional.ofNullable(name),
            password,
            "",
            Optional.empty());
    Teller teller = new Teller(spec);
    UserId made =
        Desk.at(
            server,
            true,
            teller,
            desk -> Desk.await(desk.operators().create(Desk.operator(), account, given)));
    teller.tell(made.toString());
    return 0;
  }
}
