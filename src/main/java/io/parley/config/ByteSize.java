package io.parley.config;

/**
 * An amount of memory or data, written {@code 64KiB}, {@code 10MiB}, {@code 2GiB} or as plain
 * bytes.
 */
public record ByteSize(long bytes) {
  @Override
  public String toString() {
    return bytes + " B";
  }
}
