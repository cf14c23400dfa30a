package io.parley.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.parley.config.ByteSize;
import io.parley.config.Config;
import io.parley.config.Secret;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference file and the records that read it name the same keys. */
class ConfigurationTest {
  private static final Path REFERENCE = Path.of("conf/parley.yaml");
  private static final Set<Class<?>> VALUES = Set.of(ByteSize.class, Secret.class);
  private static final Pattern KEY = Pattern.compile(" +\\w+: .*");
  private static final Pattern SECTION = Pattern.compile(" *\\w+:");
  private static final Pattern COMMENTED = Pattern.compile(".*\\s# \\S.*");

  @Test
  void everyKeyIsReadAndEveryComponentIsDocumented() throws IOException {
    Set<String> components = new TreeSet<>();
    components("", Config.class, components);

    Set<String> keys = new TreeSet<>();
    keys("", new ObjectMapper(new YAMLFactory()).readTree(REFERENCE.toFile()), keys);

    assertThat(keys).isEqualTo(components).hasSizeGreaterThan(50);
  }

  @Test
  void everyKeyHasAComment() throws IOException {
    List<String> bare = new ArrayList<>();
    for (String line : Files.readAllLines(REFERENCE)) {
      if (KEY.matcher(line).matches() && !COMMENTED.matcher(line).matches()) {
        bare.add(line);
      }
      boolean known = line.isBlank() || line.startsWith("#") || SECTION.matcher(line).matches();
      assertThat(known || KEY.matcher(line).matches()).as(line).isTrue();
    }
    assertThat(bare).isEmpty();
  }

  private static void components(String path, Class<?> type, Set<String> found) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = path + component.getName();
      Class<?> value = component.getType();
      if (value.isRecord() && !VALUES.contains(value)) {
        components(key + ".", value, found);
      } else {
        found.add(key);
      }
    }
  }

  private static void keys(String path, JsonNode node, Set<String> found) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = path + field.getKey();
      if (field.getValue().isObject()) {
        keys(key + ".", field.getValue(), found);
      } else {
        found.add(key);
      }
    }
  }
}
