package io.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.json.Json;
import io.vertx.core.buffer.Buffer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What crosses the wire between nodes, for every record of every contract.
 *
 * <p>The golden files show it as JSON, one file for each contract. A difference means that
 * neighbouring versions may not understand each other: fields may be added as optional, nothing
 * else. {@code mvn test -Dtest=ContractsTest -Dgolden.write=true} writes them anew.
 */
class ContractsTest {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final List<Contract> CONTRACTS = contracts();
  private static final RecordCodec CODEC =
      new RecordCodec(Json.cbor(), CONTRACTS, new BusMetrics(new SimpleMeterRegistry()));

  @TestFactory
  Stream<DynamicTest> everyRecordComesBackEqual() {
    return messages()
        .map(
            type ->
                dynamicTest(
                    RecordCodec.tag(type),
                    () -> {
                      Record example = Examples.of(type);
                      assertThat(decode(encode(example))).isEqualTo(example);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyRecordIgnoresWhatANewerVersionAdds() {
    return messages()
        .map(
            type ->
                dynamicTest(
                    RecordCodec.tag(type),
                    () -> {
                      Record example = Examples.of(type);
                      ObjectNode tree = tree(example);
                      tree.putObject("addedLater").put("a", 1);
                      assertThat(decode(RecordCodec.tag(type), tree)).isEqualTo(example);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyContractMatchesItsGoldenFile() throws IOException {
    if (WRITE) {
      write();
    }
    return CONTRACTS.stream()
        .map(contract -> dynamicTest(contract.name(), () -> matches(contract)));
  }

  @Test
  void thereIsNoGoldenFileWithoutAContract() throws IOException {
    assumeTrue(Files.isDirectory(GOLDEN), "there are golden files");
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files)
          .containsExactlyInAnyOrderElementsOf(
              CONTRACTS.stream().map(ContractsTest::golden).toList());
    }
  }

  @Test
  void addressesAreUniqueAndNamedForTheirCapability() {
    List<String> addresses = new ArrayList<>();
    for (Contract contract : CONTRACTS) {
      String capability = contract.name().replace("Api", "").toLowerCase(Locale.ROOT);
      contract.endpoints().forEach(endpoint -> addresses.add(endpoint.address()));
      contract.topics().forEach(topic -> addresses.add(topic.address()));
      assertThat(contract.endpoints()).allMatch(one -> one.address().startsWith(capability + "."));
      assertThat(contract.topics()).allMatch(one -> one.address().startsWith(capability + "."));
    }
    assertThat(addresses).doesNotHaveDuplicates();
  }

  @Test
  void noRecordHoldsRawBytes() {
    Set<Type> seen = new HashSet<>();
    messages().forEach(type -> walk(type, seen));

    assertThat(seen).contains(Bytes.class).doesNotContain(byte[].class, Buffer.class);
  }

  private static void matches(Contract contract) throws IOException {
    Path file = golden(contract);
    assertThat(file).as("golden file; -Dgolden.write=true writes it").exists();
    JsonNode written = PRETTY.readTree(file.toFile());
    assertThat(PRETTY.writeValueAsString(describe(contract)))
        .as("what crosses the wire; if it may change, -Dgolden.write=true writes %s anew", file)
        .isEqualTo(PRETTY.writeValueAsString(written));
    for (Class<? extends Record> type : contract.messages()) {
      String tag = RecordCodec.tag(type);
      assertThat(decode(tag, written.get(tag))).isEqualTo(Examples.of(type));
    }
  }

  private static void write() throws IOException {
    Files.createDirectories(GOLDEN);
    for (Contract contract : CONTRACTS) {
      String json = PRETTY.writeValueAsString(describe(contract));
      Files.writeString(golden(contract), json + "\n");
    }
  }

  private static ObjectNode describe(Contract contract) throws IOException {
    ObjectNode all = PRETTY.createObjectNode();
    for (Class<? extends Record> type : contract.messages()) {
      all.set(RecordCodec.tag(type), tree(Examples.of(type)));
    }
    // By way of text, so that bytes look the way they are read back.
    return (ObjectNode) PRETTY.readTree(PRETTY.writeValueAsString(all));
  }

  private static ObjectNode tree(Record example) throws IOException {
    return (ObjectNode) Json.cbor().readTree(Json.cbor().writeValueAsBytes(example));
  }

  private static Buffer encode(Record example) {
    Buffer wire = Buffer.buffer();
    CODEC.encodeToWire(wire, example);
    return wire;
  }

  private static Record decode(Buffer wire) {
    return CODEC.decodeFromWire(0, wire);
  }

  private static Record decode(String tag, JsonNode tree) throws IOException {
    byte[] body = Json.cbor().writeValueAsBytes(tree);
    Buffer wire = Buffer.buffer().appendByte((byte) tag.length()).appendString(tag);
    return decode(wire.appendInt(body.length).appendBytes(body));
  }

  private static void walk(Type type, Set<Type> seen) {
    if (!seen.add(type) || type == Bytes.class) {
      return;
    }
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        walk(argument, seen);
      }
    } else if (type instanceof Class<?> plain && plain.isRecord()) {
      for (RecordComponent component : plain.getRecordComponents()) {
        walk(component.getGenericType(), seen);
      }
    }
  }

  private static Path golden(Contract contract) {
    return GOLDEN.resolve(contract.name() + ".json");
  }

  private static Stream<Class<? extends Record>> messages() {
    return CONTRACTS.stream().flatMap(contract -> contract.messages().stream()).distinct();
  }

  /** Of every interface called {@code *Api} among the compiled classes. */
  private static List<Contract> contracts() {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(name -> name.endsWith("Api.class"))
          .map(name -> name.replace(".class", "").replace(File.separatorChar, '.'))
          .map(ContractsTest::type)
          .filter(Class::isInterface)
          .map(Contract::of)
          .sorted(Comparator.comparing(Contract::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
