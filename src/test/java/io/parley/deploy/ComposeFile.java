package io.parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml, with its variables filled in as Compose does it. */
final class ComposeFile {
  static final Path PATH = Path.of("docker-compose.yml");
  static final Path EXAMPLE = Path.of(".env.example");

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$|\\$\\{(\\w+)(?:(:[-?])([^}]*))?}|\\$(.?)");

  private final JsonNode root;

  private ComposeFile(JsonNode root) {
    this.root = root;
  }

  /** Fills in the variables. Fails IllegalStateException, as Compose would, when one is missing. */
  static ComposeFile render(Map<String, String> variables) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(PATH));
    return new ComposeFile(Json.mapper().valueToTree(filled(tree, variables)));
  }

  /** The variables of .env.example, with a secret for each that has no value. */
  static Map<String, String> example() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : text(EXAMPLE).lines().filter(each -> !each.startsWith("#")).toList()) {
      if (!line.isBlank()) {
        String name = line.substring(0, line.indexOf('='));
        String value = line.substring(name.length() + 1);
        variables.put(name, value.isEmpty() ? secret(name) : value);
      }
    }
    return variables;
  }

  /** Looks like what openssl rand -hex 32 makes, another one for each name. */
  private static String secret(String name) {
    String seed = Integer.toHexString(name.hashCode());
    return (seed + "0123456789abcdef").repeat(8).substring(0, 64);
  }

  /** The names of all variables in the file. */
  static List<String> variables() {
    return VARIABLE
        .matcher(text(PATH))
        .results()
        .filter(found -> found.group(1) != null)
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    root.path("services")
        .properties()
        .forEach(each -> services.put(each.getKey(), each.getValue()));
    return services;
  }

  JsonNode service(String name) {
    return root.path("services").path(name);
  }

  /** The services that are nodes of Parley. */
  Map<String, JsonNode> nodes() {
    return services().entrySet().stream()
        .filter(each -> each.getValue().at("/environment/PARLEY_NODE_ROLES").isTextual())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** What a container finds in its environment, besides what its image says. */
  Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    service(service)
        .path("environment")
        .properties()
        .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
    return environment;
  }

  JsonNode root() {
    return root;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object filled(Object node, Map<String, String> variables) {
    if (node instanceof Map<?, ?> map) {
      Map<String, Object> filled = new LinkedHashMap<>();
      map.forEach((key, value) -> filled.put(key.toString(), filled(value, variables)));
      return filled;
    }
    if (node instanceof List<?> list) {
      return list.stream().map(each -> filled(each, variables)).toList();
    }
    return node instanceof String text
        ? VARIABLE
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(value(found, variables)))
        : node;
  }

  private static String value(MatchResult found, Map<String, String> variables) {
    if (found.group().equals("$$")) {
      return "$";
    }
    String name = found.group(1);
    if (name == null) {
      throw new IllegalStateException("a bare dollar: write $$ for " + found.group());
    }
    String value = variables.getOrDefault(name, "");
    String otherwise = found.group(2) == null ? "" : found.group(2);
    if (value.isEmpty() && otherwise.equals(":?")) {
      throw new IllegalStateException(name + " " + found.group(3));
    }
    return value.isEmpty() && otherwise.equals(":-") ? found.group(3) : value;
  }

  /** The names of all that hold a secret. */
  static Set<String> secrets() {
    return example().keySet().stream()
        .filter(name -> name.matches(".*(SECRET|PASSWORD|KEY).*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
