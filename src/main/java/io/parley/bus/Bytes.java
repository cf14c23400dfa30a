package io.parley.bus;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.util.Arrays;

/**
 * Encoded bytes on their way over the bus, at most 64 KiB; the only form in which bytes may cross
 * it, since media never does.
 *
 * <p>The array is shared, not copied: neither side may change it.
 */
// The array is the point: shared, never copied, and compared by content below.
@SuppressWarnings("ArrayRecordComponent")
public record Bytes(@JsonValue byte[] array) {
  public static final int MAX = 64 * 1024;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Bytes {
    if (array.length > MAX) {
      throw Failure.of(Reason.TOO_LARGE, "bytes on the bus are limited to " + MAX)
          .with("limit", MAX);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
