package io.parley.cli;

import io.parley.config.ConfigLoader;
import io.parley.config.LoadedConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that needs the configuration takes. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file with the keys of conf/parley.yaml (default: $PARLEY_CONFIG).")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the embedded stores keep their data (default: data).")
  private @Nullable String data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any other key, such as --set limits.roomRate=5; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** Loads and checks it, with further flags by key; those that are null were not given. */
  LoadedConfig load(Map<String, String> environment, Map<String, @Nullable Object> more) {
    Map<String, String> flags = new LinkedHashMap<>(settings);
    if (data != null) {
      flags.put("node.data", data);
    }
    more.forEach(
        (path, value) -> {
          if (value != null) {
            flags.put(path, value.toString());
          }
        });
    return ConfigLoader.load(
        ConfigLoader.file(Optional.ofNullable(file), environment), environment, flags);
  }

  LoadedConfig load(Map<String, String> environment) {
    return load(environment, Map.of());
  }
}
