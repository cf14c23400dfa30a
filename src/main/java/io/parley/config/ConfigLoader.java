package io.parley.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the configuration: defaults, then a file, then the environment, then flags, each overruling
 * the ones before.
 */
public final class ConfigLoader {
  private static final String DEFAULTS = "/parley.yaml";

  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Map<String, Setting> defaults = readDefaults();
  private final Map<String, Setting> settings = new LinkedHashMap<>(defaults);

  private ConfigLoader() {}

  /** What holds when nobody sets anything. */
  public static Config defaults() {
    return load(Optional.empty(), Map.of(), Map.of()).config();
  }

  /**
   * Loads and checks everything.
   *
   * @param environment all variables; those that are none of ours are ignored
   * @param flags values by path, such as {@code http.port}
   * @throws ConfigException with all that is wrong
   */
  public static LoadedConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    ConfigLoader loader = new ConfigLoader();
    file.ifPresent(loader::readFile);
    loader.settings.putAll(EnvironmentSettings.read(environment, loader.problems));
    flags.forEach(loader::takeFlag);
    return loader.finish();
  }

  /** The file to read: the one named by a flag, or else by PARLEY_CONFIG. */
  public static Optional<Path> file(Optional<Path> flag, Map<String, String> environment) {
    return flag.or(() -> Optional.ofNullable(environment.get("PARLEY_CONFIG")).map(Path::of));
  }

  /** Checks settings that were loaded before and changed since. */
  static LoadedConfig check(Map<String, Setting> settings) {
    ConfigLoader loader = new ConfigLoader();
    loader.settings.putAll(settings);
    return loader.finish();
  }

  private LoadedConfig finish() {
    refuseUnknown();
    implyExternalStores();
    implyQuickStop();
    Config config = new ConfigBinder(settings, defaults, problems).bind();
    List<String> bad = problems.stream().map(ConfigProblem::path).toList();
    ConfigRules.check(config).stream()
        .filter(problem -> !bad.contains(problem.path()))
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new LoadedConfig(config, Map.copyOf(settings));
  }

  private static Map<String, Setting> readDefaults() {
    List<ConfigProblem> problems = new ArrayList<>();
    try (InputStream resource = ConfigLoader.class.getResourceAsStream(DEFAULTS)) {
      if (resource == null) {
        throw new IllegalStateException(DEFAULTS + " is not on the class path");
      }
      String yaml = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Setting> read =
          YamlSettings.read(yaml, "parley.yaml", Source.Layer.DEFAULT, problems);
      if (!problems.isEmpty()) {
        throw new ConfigException(problems);
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readFile(Path file) {
    try {
      String yaml = Files.readString(file);
      settings.putAll(YamlSettings.read(yaml, file.toString(), Source.Layer.FILE, problems));
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read: " + e.getMessage() : "does not exist";
      problems.add(new ConfigProblem(file.toString(), reason));
    }
  }

  private void takeFlag(String path, String value) {
    settings.put(
        path, Setting.text(path, value, new Source(Source.Layer.FLAG, "the command line")));
  }

  private void refuseUnknown() {
    List<String> known = ConfigKey.ALL.stream().map(ConfigKey::path).toList();
    for (Setting setting : List.copyOf(settings.values())) {
      String path = setting.path();
      if (known.contains(path)) {
        continue;
      }
      settings.remove(path);
      boolean section = known.stream().anyMatch(key -> key.startsWith(path + "."));
      if (section && setting.text().isEmpty()) {
        continue;
      }
      String message =
          section
              ? "is a section; it takes keys below it, no value of its own"
              : "is no key of Parley" + Suggestion.among(known, path);
      problems.add(new ConfigProblem(path, message + " (" + setting.source().name() + ")"));
    }
  }

  /**
   * Who names a PostgreSQL or a Redis wants it used, unless they also ask for the embedded ones: a
   * host that is silently ignored would be a trap.
   */
  private void implyExternalStores() {
    if (isExplicit("node.embedded")) {
      return;
    }
    for (String host : List.of("postgres.host", "redis.host")) {
      if (isExplicit(host)) {
        Source source = new Source(Source.Layer.IMPLIED, "because " + host + " is set");
        settings.put("node.embedded", Setting.text("node.embedded", "false", source));
      }
    }
  }

  /** Nobody routes to a server on somebody's desk, and whoever stops it waits for it. */
  private void implyQuickStop() {
    Setting embedded = settings.get("node.embedded");
    if (embedded == null || !embedded.text().equals("true")) {
      return;
    }
    Source source = new Source(Source.Layer.IMPLIED, "because node.embedded is true");
    Map.of("node.routingPause", "0s", "node.moving", "1s")
        .forEach(
            (path, value) -> {
              if (!isExplicit(path)) {
                settings.put(path, Setting.text(path, value, source));
              }
            });
  }

  private boolean isExplicit(String path) {
    Setting setting = settings.get(path);
    return setting != null && setting.source().explicit();
  }
}
