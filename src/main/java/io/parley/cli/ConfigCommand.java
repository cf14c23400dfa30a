package io.parley.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley config}: what is in effect, and why. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description =
        "Prints the configuration in effect as YAML, each key with where it comes from; secrets as"
            + " ***. Exit code 2 and all errors at once when it cannot be used.")
final class ConfigCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options = new ConfigOptions();

  ConfigCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    String yaml = options.load(environment).print();
    spec.commandLine().getOut().print(yaml);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
