package io.parley.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** How JSON is read and written: the one place that configures Jackson. */
public final class Json {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NAME = 256;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final ObjectMapper TEXT =
      configure(new ObjectMapper(strictFactory())).registerModule(times());
  private static final ObjectMapper BINARY = configure(new ObjectMapper(new CBORFactory()));

  private Json() {}

  /**
   * The mapper for JSON text: RFC 3339 times, absent values left out, unknown fields ignored,
   * duplicates refused.
   */
  public static ObjectMapper mapper() {
    return TEXT;
  }

  /** The mapper for messages between nodes. */
  public static ObjectMapper cbor() {
    return BINARY;
  }

  /**
   * Parses a JSON object from outside. Everything in it can be stored: strict UTF-8, no lone
   * surrogates, no NUL, only finite numbers. Fails INVALID, saying what is expected but never what
   * was sent.
   */
  public static ObjectNode object(byte[] bytes) {
    try {
      return object(Text.decode(bytes));
    } catch (CharacterCodingException notUtf8) {
      throw Failure.of(Reason.INVALID, "this is not valid UTF-8");
    }
  }

  /** The same for text that was decoded already. */
  public static ObjectNode object(String text) {
    try {
      JsonNode node = TEXT.readTree(text);
      if (node instanceof ObjectNode object) {
        Text.check(object);
        return object;
      }
    } catch (JsonProcessingException notJson) {
      throw Failure.of(Reason.INVALID, "this is not well-formed JSON");
    }
    throw Failure.of(Reason.INVALID, "a JSON object is expected");
  }

  /** A time as clients see it: RFC 3339, UTC, milliseconds. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** Writes a value as JSON text. */
  public static String write(Object value) {
    try {
      return TEXT.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a value as UTF-8 JSON. */
  public static byte[] bytes(Object value) {
    try {
      return TEXT.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SimpleModule times() {
    StdConverter<Instant, String> written =
        new StdConverter<>() {
          @Override
          public String convert(Instant time) {
            return time(time);
          }
        };
    return new SimpleModule("times")
        .addSerializer(Instant.class, new StdDelegatingSerializer(Instant.class, written));
  }

  private static JsonFactory strictFactory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME)
                .build())
        .build();
  }

  private static ObjectMapper configure(ObjectMapper mapper) {
    return mapper
        .registerModule(new Jdk8Module())
        .registerModule(new JavaTimeModule())
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }
}
