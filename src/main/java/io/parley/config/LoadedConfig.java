package io.parley.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration that may be used, and where each of its values came from.
 *
 * @param settings by path, one for every key
 */
public record LoadedConfig(Config config, Map<String, Setting> settings) {
  /** Whether somebody asked for this value, as opposed to it being the default. */
  public boolean isExplicit(String path) {
    Setting setting = settings.get(path);
    return setting != null && setting.source().explicit();
  }

  /** The text of a value, whatever its type. */
  public String value(String path) {
    Setting setting = settings.get(path);
    if (setting == null) {
      throw new IllegalArgumentException(path + " is no key");
    }
    return setting.text();
  }

  /**
   * The same with other values, which nobody asked for.
   *
   * @param changes by path
   * @param source what chose them, for print
   */
  public LoadedConfig with(Map<String, String> changes, String source) {
    Map<String, Setting> changed = new HashMap<>(settings);
    changes.forEach(
        (path, value) ->
            changed.put(path, Setting.text(path, value, new Source(Source.Layer.IMPLIED, source))));
    return ConfigLoader.check(changed);
  }

  /**
   * The effective configuration as YAML, each line with its source; secrets as asterisks. Read back
   * as a file it says the same, but for the secrets.
   */
  public String print() {
    StringBuilder yaml = new StringBuilder();
    List<String> open = List.of();
    for (ConfigKey key : ConfigKey.ALL) {
      List<String> names = List.of(key.path().split("\\."));
      List<String> sections = names.subList(0, names.size() - 1);
      for (int depth = 0; depth < sections.size(); depth++) {
        if (depth >= open.size()
            || !open.subList(0, depth + 1).equals(sections.subList(0, depth + 1))) {
          yaml.append("  ".repeat(depth)).append(sections.get(depth)).append(":\n");
        }
      }
      open = sections;
      Setting setting = settings.get(key.path());
      if (setting != null) {
        String line =
            "  ".repeat(sections.size()) + names.get(names.size() - 1) + ": " + shown(key, setting);
        yaml.append(String.format("%-48s # %s%n", line, setting.source().name()));
      }
    }
    return yaml.toString();
  }

  private static String shown(ConfigKey key, Setting setting) {
    if (key.secret()) {
      return setting.text().isEmpty() ? "\"\"" : "\"***\"";
    }
    if (key.component().getType() == List.class) {
      return setting.items().stream().map(LoadedConfig::quoted).toList().toString();
    }
    return quoted(setting.text());
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._/-]*")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
