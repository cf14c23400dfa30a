package io.parley.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What SockJS puts around messages, and how bytes become text. */
final class SockJsText {
  /** What stands for whatever cannot be decoded. */
  private static final char REPLACEMENT = '\uFFFD';

  private SockJsText() {}

  /** Text from bytes; empty when they are not strictly UTF-8. */
  static Optional<String> decode(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 || strict(utf8) ? Optional.of(text) : Optional.empty();
  }

  /** Whether what looks replaced was sent so. */
  private static boolean strict(byte[] utf8) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  /** The messages in a client's frame: an array of strings, or one string. Empty: broken. */
  static Optional<List<String>> unpack(String frame) {
    try {
      JsonNode node = Json.mapper().readTree(frame);
      if (node.isTextual()) {
        return Optional.of(List.of(node.textValue()));
      }
      if (!node.isArray()) {
        return Optional.empty();
      }
      List<String> messages = new ArrayList<>(node.size());
      for (JsonNode message : node) {
        if (!message.isTextual()) {
          return Optional.empty();
        }
        messages.add(message.textValue());
      }
      return Optional.of(messages);
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }

  /** The frame that ends a SockJS session. */
  static String closing(CloseCode code) {
    return "c[" + code.number() + "," + Json.write(code.reason()) + "]";
  }
}
