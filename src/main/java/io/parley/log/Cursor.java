package io.parley.log;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a reader stands in a log, opaque to clients.
 *
 * @param epoch of the store: another one means that positions no longer mean what they meant
 * @param seq the last entry seen, 0 for none
 * @param check taken from the id of that entry, so that a forked or restored log is noticed
 */
public record Cursor(int epoch, long seq, int check) {
  private static final int SIZE = Integer.BYTES + Long.BYTES + Integer.BYTES;

  /** The position at an entry. */
  public static Cursor at(int epoch, long seq, UUID entry) {
    return new Cursor(epoch, seq, check(entry));
  }

  /** The position before the first entry. */
  public static Cursor start(int epoch) {
    return new Cursor(epoch, 0, 0);
  }

  /** Reads the opaque form; empty when it is not one. */
  public static Optional<Cursor> parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length != SIZE) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      Cursor cursor = new Cursor(buffer.getInt(), buffer.getLong(), buffer.getInt());
      return cursor.seq < 0 ? Optional.empty() : Optional.of(cursor);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  static int check(UUID entry) {
    return entry.hashCode();
  }

  @Override
  public String toString() {
    ByteBuffer buffer = ByteBuffer.allocate(SIZE).putInt(epoch).putLong(seq).putInt(check);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
  }
}
