package io.parley.config;

import java.util.List;

/**
 * A key as somebody set it, before it has a type.
 *
 * @param path such as {@code http.port}
 * @param values one text, or the items of a list
 * @param list whether it was written as a list
 */
public record Setting(String path, List<String> values, boolean list, Source source) {
  static Setting text(String path, String value, Source source) {
    return new Setting(path, List.of(value), false, source);
  }

  /** The text; of a list, its items with commas between. */
  String text() {
    return String.join(",", values);
  }

  /** The items; a text is taken apart at its commas. */
  List<String> items() {
    if (list) {
      return values;
    }
    return List.of(text().split(",")).stream()
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
