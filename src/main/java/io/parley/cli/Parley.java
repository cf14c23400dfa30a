package io.parley.cli;

import io.parley.cli.load.LoadCommand;
import io.parley.cli.users.UserCommand;
import io.parley.cli.verify.VerifyCommand;
import io.parley.config.ConfigException;
import io.parley.failure.Failure;
import io.parley.stores.embedded.StoresException;
import java.io.PrintWriter;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/** {@code parley}: the commands and how they end. */
@Command(
    name = "parley",
    mixinStandardHelpOptions = true,
    versionProvider = Parley.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "A self-hosted chat server that grows from one process to a cluster.",
    footer = {
      "",
      "Start with: java -jar parley.jar serve",
      "Every setting is explained in conf/parley.yaml; parley config shows those in effect."
    })
public final class Parley {
  static final int FAILED = 1;
  static final int WRONG_USE = 2;

  private Parley() {}

  /** Runs a command. Returns the exit code; {@code serve} and {@code stores} do not return. */
  public static int run(String[] args, Map<String, String> environment, NodeStarter starter) {
    CommandLine parley =
        new CommandLine(new Parley())
            .addSubcommand(new ServeCommand(environment, starter))
            .addSubcommand(new StoresCommand(environment))
            .addSubcommand(new ConfigCommand(environment))
            .addSubcommand(new MigrateCommand(environment))
            .addSubcommand(new ReindexCommand(environment))
            .addSubcommand(new DoctorCommand(environment))
            .addSubcommand(user(environment))
            .addSubcommand(load(environment))
            .addSubcommand(new VerifyCommand());
    parley
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    parley.setExecutionExceptionHandler(
        (failure, command, parsed) -> explain(failure, command.getErr()));
    if (args.length == 0) {
      parley.usage(parley.getOut());
      return WRONG_USE;
    }
    return parley.execute(args);
  }

  /** The configuration is only needed for minting, so the command knows nothing of its options. */
  private static CommandLine load(Map<String, String> environment) {
    ConfigOptions options = new ConfigOptions();
    CommandLine load = new CommandLine(new LoadCommand(() -> options.load(environment).config()));
    load.getCommandSpec().addMixin("config", CommandSpec.forAnnotatedObject(options));
    return load;
  }

  /** Likewise, for what is below it. */
  private static CommandLine user(Map<String, String> environment) {
    ConfigOptions options = new ConfigOptions();
    CommandLine user = UserCommand.on(new ServerStores(options, environment));
    user.getSubcommands()
        .values()
        .forEach(
            command -> {
              CommandSpec spec = command.getCommandSpec();
              spec.addMixin("config", CommandSpec.forAnnotatedObject(options));
              spec.versionProvider(new Version());
            });
    return user;
  }

  private static int explain(Exception failure, PrintWriter err) {
    if (failure instanceof ConfigException wrong) {
      err.println("The configuration cannot be used:");
      wrong.problems().forEach(problem -> err.println("  " + problem));
      return WRONG_USE;
    }
    if (failure instanceof StoresException
        || failure instanceof CommandFailure
        || failure instanceof Failure) {
      err.println("parley: " + failure.getMessage());
      return FAILED;
    }
    LoggerFactory.getLogger(Parley.class).error("unexpected", failure);
    err.println("parley: something unforeseen happened: " + failure);
    return FAILED;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Parley.class.getPackage().getImplementationVersion();
      return new String[] {"parley " + (version == null ? "(not packaged)" : version)};
    }
  }
}
