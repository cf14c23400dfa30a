package io.parley.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What text from outside must be, before anything else looks at it: text that every store can keep
 * and give back unchanged.
 */
public final class Text {
  private Text() {}

  /** Whether a string can be stored: no NUL, every surrogate in a pair. */
  public static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  static String decode(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(utf8))
        .toString();
  }

  /** Recursion is bounded by the depth the parser admits. */
  static void check(JsonNode node) {
    if (node.isTextual() && !storable(node.textValue())) {
      throw Failure.of(Reason.INVALID, "text must be free of NUL and lone surrogates");
    }
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw Failure.of(Reason.INVALID, "numbers must be finite");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!storable(field.getKey())) {
        throw Failure.of(Reason.INVALID, "names must be free of NUL and lone surrogates");
      }
    }
    node.forEach(Text::check);
  }
}
