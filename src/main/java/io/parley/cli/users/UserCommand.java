package io.parley.cli.users;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley user}: accounts, from beside the stores. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Makes accounts, gives roles, keeps people out, and tells what was done.",
      "",
      "It works on the stores, whether a node runs or not: those below --data, or those that the"
          + " configuration names. Nodes heed it within ten seconds. Whatever it changes is in"
          + " the audit log, as done by cli: and your name on this machine.",
      "",
      "USER is an id, a username, an e-mail address or a phone number."
    },
    footer = {
      "",
      "The first admin:    parley user create --username ada --role admin",
      "A forgotten secret: parley user reset ada",
      "What was done:      parley user audit --subject ada"
    })
public final class UserCommand implements Runnable {
  @Spec private CommandSpec spec;

  private UserCommand() {}

  /** The command and those below it. */
  public static CommandLine on(Server server) {
    return new CommandLine(new UserCommand())
        .addSubcommand(new CreateUser(server))
        .addSubcommand(new ListUsers(server))
        .addSubcommand(new ShowUser(server))
        .addSubcommand(new GiveRole(server))
        .addSubcommand(new DisableUser(server))
        .addSubcommand(new EnableUser(server))
        .addSubcommand(new ResetUser(server))
        .addSubcommand(new RevokeSessions(server))
        .addSubcommand(new ReadAudit(server));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
