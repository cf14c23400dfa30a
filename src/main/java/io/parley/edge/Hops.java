package io.parley.edge;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What proxies say about the way of a request, the nearest first: RFC 7239 {@code Forwarded}, or
 * the older {@code X-Forwarded-For} and {@code X-Forwarded-Proto}.
 */
final class Hops {
  static final String FORWARDED = "Forwarded";
  static final String FOR = "X-Forwarded-For";
  static final String PROTO = "X-Forwarded-Proto";

  /** More than any way has; what is beyond was made up. */
  private static final int MOST = 20;

  private Hops() {}

  /**
   * One hop, as it was told.
   *
   * @param node who was there: an address, perhaps with a port; anything else says nothing
   * @param proto by what they spoke; empty when it was not told
   */
  record Hop(String node, String proto) {}

  static List<Hop> standard(MultiMap headers) {
    List<Hop> hops = new ArrayList<>();
    for (String element : split(all(headers, FORWARDED), ',')) {
      String node = "";
      String proto = "";
      for (String pair : split(element, ';')) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        if (name.equals("for")) {
          node = unquoted(pair.substring(equals + 1).strip());
        } else if (name.equals("proto")) {
          proto = unquoted(pair.substring(equals + 1).strip());
        }
      }
      hops.add(new Hop(node, proto));
    }
    return nearestFirst(hops);
  }

  /** Most proxies tell one protocol, whatever the number of hops: that of the nearest. */
  static List<Hop> older(MultiMap headers) {
    List<String> nodes = split(all(headers, FOR), ',');
    List<String> protos = split(all(headers, PROTO), ',');
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      String proto = "";
      if (!protos.isEmpty()) {
        proto = protos.get(protos.size() == nodes.size() ? i : protos.size() - 1).strip();
      }
      hops.add(new Hop(nodes.get(i).strip(), proto));
    }
    return nearestFirst(hops);
  }

  /** The address of a node, without its port and brackets. */
  static String address(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? "" : node.substring(1, end);
    }
    int colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }

  private static @Nullable String all(MultiMap headers, String name) {
    List<String> lines = headers.getAll(name);
    return lines.isEmpty() ? null : String.join(",", lines);
  }

  private static List<Hop> nearestFirst(List<Hop> hops) {
    Collections.reverse(hops);
    return hops.subList(0, Math.min(MOST, hops.size()));
  }

  /** At each mark that is not inside quotes. */
  private static List<String> split(@Nullable String text, char mark) {
    List<String> parts = new ArrayList<>();
    if (text == null) {
      return parts;
    }
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == mark && !quoted) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replace("\\", "") : text;
  }
}
