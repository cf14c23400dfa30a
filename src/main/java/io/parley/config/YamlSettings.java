package io.parley.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a YAML document as settings, each with its line; what is wrong becomes a problem. */
final class YamlSettings {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String name;
  private final Source.Layer layer;
  private final List<ConfigProblem> problems;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSettings(String name, Source.Layer layer, List<ConfigProblem> problems) {
    this.name = name;
    this.layer = layer;
    this.problems = problems;
  }

  static Map<String, Setting> read(
      String yaml, String name, Source.Layer layer, List<ConfigProblem> problems) {
    YamlSettings reader = new YamlSettings(name, layer, problems);
    try (JsonParser parser = YAML.createParser(yaml)) {
      reader.document(parser);
    } catch (JsonProcessingException malformed) {
      reader.problem(name + ":" + line(malformed), malformed.getOriginalMessage());
    } catch (IOException e) {
      reader.problem(name, "cannot be read: " + e.getMessage());
    }
    return reader.settings;
  }

  private void document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      section("", parser);
    } else if (first != null && first != JsonToken.VALUE_NULL) {
      problem(name, "must consist of sections such as http: and bridge:");
    }
  }

  private void section(String path, JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = ConfigKey.join(path, parser.currentName());
      switch (parser.nextToken()) {
        case START_OBJECT -> section(key, parser);
        case START_ARRAY -> list(key, parser);
        case VALUE_NULL -> add(key, List.of(""), false, parser);
        default -> add(key, List.of(parser.getText()), false, parser);
      }
    }
  }

  private void list(String path, JsonParser parser) throws IOException {
    List<String> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        items.add(parser.getText());
      } else {
        problem(path, "must be a list of plain values");
        parser.skipChildren();
      }
    }
    add(path, List.copyOf(items), true, parser);
  }

  private void add(String path, List<String> values, boolean list, JsonParser parser) {
    String place = name + ":" + parser.currentTokenLocation().getLineNr();
    Source source = new Source(layer, layer == Source.Layer.DEFAULT ? "default" : place);
    if (settings.put(path, new Setting(path, values, list, source)) != null) {
      problem(path, "is set twice in " + name);
    }
  }

  private void problem(String path, String message) {
    problems.add(new ConfigProblem(path, message));
  }

  private static String line(JsonProcessingException malformed) {
    return malformed.getLocation() == null ? "?" : "" + malformed.getLocation().getLineNr();
  }
}
