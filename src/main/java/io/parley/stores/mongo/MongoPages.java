package io.parley.stores.mongo;

import io.parley.log.Entry;
import io.parley.log.MessageState;
import io.parley.log.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** How much of what was found goes into one answer: as many as fit, and always the first. */
final class MongoPages {
  private MongoPages() {}

  static List<Entry> entries(List<Entry> found, long bytes) {
    return cut(found, MongoPages::size, bytes);
  }

  static List<Shown> shown(List<Shown> found, long bytes) {
    return cut(found, MongoPages::size, bytes);
  }

  /** What was found in several logs, until it is full. */
  static List<Shown> lasts(List<List<Shown>> found, long bytes) {
    List<Shown> lasts = new ArrayList<>();
    long filled = 0;
    for (Shown last : found.stream().flatMap(List::stream).toList()) {
      filled += size(last);
      if (filled > bytes) {
        break;
      }
      lasts.add(last);
    }
    return lasts;
  }

  private static <T> List<T> cut(List<T> found, ToLongFunction<T> size, long bytes) {
    long filled = 0;
    for (int i = 0; i < found.size(); i++) {
      filled += size.applyAsLong(found.get(i));
      if (i > 0 && filled > bytes) {
        return found.subList(0, i);
      }
    }
    return found;
  }

  private static long size(Shown shown) {
    MessageState state = shown.state();
    return size(shown.entry()) + (state.rev() == 0 ? 0 : utf8(state.json()));
  }

  private static long size(Entry entry) {
    return utf8(entry.body());
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
