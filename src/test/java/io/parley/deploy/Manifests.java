package io.parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The objects in a directory of {@code k8s}, and what its kustomization says. */
final class Manifests {
  static final Path HOME = Path.of("k8s");

  private final Path directory;
  private final JsonNode kustomization;
  private final List<JsonNode> objects = new ArrayList<>();

  private Manifests(Path directory) {
    this.directory = directory;
    this.kustomization = read(directory.resolve("kustomization.yaml")).get(0);
    for (String resource : texts(kustomization.path("resources"))) {
      Path path = directory.resolve(resource);
      objects.addAll(Files.isDirectory(path) ? of(path).objects : read(path));
    }
  }

  static Manifests of(Path directory) {
    return new Manifests(directory);
  }

  List<JsonNode> all() {
    return List.copyOf(objects);
  }

  List<JsonNode> all(String kind) {
    return objects.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
  }

  JsonNode one(String kind, String name) {
    return all(kind).stream().filter(each -> name(each).equals(name)).findFirst().orElseThrow();
  }

  /** Whatever makes pods. */
  List<JsonNode> workloads() {
    return objects.stream().filter(each -> each.at("/spec/template/spec").isObject()).toList();
  }

  /** The YAML files of this directory alone that the kustomization forgets. */
  List<String> forgotten() {
    List<String> listed = texts(kustomization.path("resources"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".yaml") && !file.equals("kustomization.yaml"))
          .filter(file -> !listed.contains(file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The variables of a generated ConfigMap. */
  Map<String, String> variables(String map) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode generator : kustomization.path("configMapGenerator")) {
      if (name(generator).isEmpty() && generator.path("name").asText().equals(map)) {
        texts(generator.path("envs"))
            .forEach(file -> variables.putAll(variables(directory.resolve(file))));
      }
    }
    return variables;
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  static JsonNode pod(JsonNode workload) {
    return workload.at("/spec/template/spec");
  }

  static List<JsonNode> containers(JsonNode workload) {
    return Stream.of("initContainers", "containers")
        .flatMap(kind -> StreamSupport.stream(pod(workload).path(kind).spliterator(), false))
        .toList();
  }

  static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Map<String, String> variables(Path file) {
    Map<String, String> variables = new LinkedHashMap<>();
    ComposeFile.text(file)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .forEach(pair -> variables.put(pair[0], pair[1]));
    return variables;
  }

  private static List<JsonNode> read(Path file) {
    List<JsonNode> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(ComposeFile.text(file))
        .forEach(each -> documents.add(Json.mapper().valueToTree(each)));
    return documents;
  }
}
