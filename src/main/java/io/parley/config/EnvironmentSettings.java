package io.parley.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the environment as settings: {@code PARLEY_HTTP_PORT}, {@code PARLEY_AUTH_JWT_SECRET_FILE}
 * (a file that holds the value) and the aliases.
 */
final class EnvironmentSettings {
  private static final String FILE = "_FILE";

  /** Names that mean something else here than a key. */
  private static final Pattern RESERVED =
      Pattern.compile("PARLEY_(CONFIG|CACHE|JAVA_OPTS|TEST_.*)");

  /** Kubernetes tells a pod about a service called parley in such variables. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("PARLEY_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP)(_.*)?)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://\\S+");

  private final Map<String, String> environment;
  private final List<ConfigProblem> problems;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private EnvironmentSettings(Map<String, String> environment, List<ConfigProblem> problems) {
    this.environment = new TreeMap<>(environment);
    this.problems = problems;
  }

  static Map<String, Setting> read(Map<String, String> environment, List<ConfigProblem> problems) {
    EnvironmentSettings reader = new EnvironmentSettings(environment, problems);
    Aliases.KEYS.forEach((name, path) -> reader.take(name, path, Source.Layer.ALIAS));
    Map<String, String> variables =
        ConfigKey.ALL.stream().collect(Collectors.toMap(ConfigKey::variable, ConfigKey::path));
    variables.forEach((name, path) -> reader.take(name, path, Source.Layer.ENVIRONMENT));
    reader.refuseUnknown(variables);
    return reader.settings;
  }

  private void take(String name, String path, Source.Layer layer) {
    String direct = environment.get(name);
    String file = environment.get(name + FILE);
    if (direct != null && SERVICE_ADDRESS.matcher(direct).matches()) {
      return;
    }
    if (direct != null && file != null) {
      problems.add(new ConfigProblem(path, "set only one of " + name + " and " + name + FILE));
    } else if (direct != null) {
      put(name, path, direct, new Source(layer, name));
    } else if (file != null) {
      takeFile(name, path, file, layer);
    }
  }

  private void takeFile(String name, String path, String file, Source.Layer layer) {
    try {
      String value = Files.readString(Path.of(file)).stripTrailing();
      put(name, path, value, new Source(layer, name + FILE));
    } catch (IOException | InvalidPathException e) {
      problems.add(
          new ConfigProblem(path, name + FILE + " names " + file + ", which cannot be read"));
    }
  }

  private void put(String name, String path, String value, Source source) {
    settings.put(path, Setting.text(path, Aliases.modern(name, value), source));
  }

  private void refuseUnknown(Map<String, String> variables) {
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String name = entry.getKey();
      String key = name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
      if (name.startsWith("PARLEY_")
          && !variables.containsKey(name)
          && !variables.containsKey(key)
          && !RESERVED.matcher(name).matches()
          && !SERVICE_LINK.matcher(name).matches()
          && !SERVICE_ADDRESS.matcher(entry.getValue()).matches()) {
        problems.add(
            new ConfigProblem(
                name, "is no variable of Parley" + Suggestion.among(variables.keySet(), name)));
      }
    }
  }
}
