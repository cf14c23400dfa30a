package io.parley.events;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is remembered up to so many; the oldest goes first. */
final class Lately<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private final int most;

  Lately(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
