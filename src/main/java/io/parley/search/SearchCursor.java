package io.parley.search;

import io.parley.failure.Failure;
import io.parley.search.SearchStore.Hit;
import io.parley.search.SearchStore.Spot;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;

/** Places in what is found, opaque to clients. */
final class SearchCursor {
  private static final int SIZE = Float.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

  private SearchCursor() {}

  static String of(Hit last) {
    Spot spot = last.spot();
    byte[] bytes =
        ByteBuffer.allocate(SIZE)
            .putFloat(spot.rank())
            .putLong(spot.at())
            .putInt(spot.number())
            .putLong(spot.seq())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Fails INVALID. */
  static Spot parse(String after) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(after);
      ByteBuffer read = ByteBuffer.wrap(bytes);
      Spot spot = new Spot(read.getFloat(), read.getLong(), read.getInt(), read.getLong());
      if (bytes.length == SIZE && Float.isFinite(spot.rank())) {
        return spot;
      }
    } catch (IllegalArgumentException | BufferUnderflowException notOurs) {
      // told below
    }
    throw Failure.invalid("after", "must be a cursor that an earlier page gave");
  }
}
