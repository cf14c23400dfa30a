package io.parley.cli.load.socket;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the frames in what a server sends, wherever its bytes were cut. What lies whole in one
 * piece is shown where it is; only what was cut is copied, and let go when it is complete.
 *
 * <p>Belongs to one connection.
 */
final class FrameScanner {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MOST_CONTROL = 125;
  private static final int MOST = 64 << 20;
  private static final byte[] NOTHING = {};

  /** Who is shown frames; the bytes are good until the call returns. */
  interface Sink {
    /** A message, whole, however many frames it came in. */
    void text(byte[] in, int from, int to);

    void ping(byte[] in, int from, int to);

    /**
     * @param code 1005 when the server gave none
     */
    void close(int code, String reason);
  }

  private byte[] cut = NOTHING;
  private int cutLength;
  private byte[] message = NOTHING;
  private int messageLength;
  private boolean begun;

  /**
   * Takes what has come next. Fails INVALID at what no server may send; nothing can be made of what
   * comes after that.
   */
  void take(byte[] in, int from, int to, Sink sink) {
    if (cutLength == 0) {
      int done = scan(in, from, to, sink);
      if (done < to) {
        cut = Arrays.copyOfRange(in, done, to);
        cutLength = to - done;
      }
      return;
    }
    cut = appended(cut, cutLength, in, from, to);
    cutLength += to - from;
    int done = scan(cut, 0, cutLength, sink);
    if (done == cutLength) {
      cut = NOTHING;
    } else if (done > 0) {
      cut = Arrays.copyOfRange(cut, done, cutLength);
    }
    cutLength -= done;
  }

  /** Returns where the first frame begins that is not whole. */
  private int scan(byte[] in, int from, int to, Sink sink) {
    int at = from;
    while (to - at >= 2) {
      int head = 2 + lengthBytes(in[at + 1]);
      if (to - at < head) {
        return at;
      }
      long length = length(in, at);
      if (length < 0 || length > MOST) {
        throw broken("a frame of " + length + " bytes");
      }
      if (to - at - head < length) {
        return at;
      }
      int begin = at + head;
      at = begin + (int) length;
      frame(in[begin - head], in, begin, at, sink);
    }
    return at;
  }

  private static int lengthBytes(byte second) {
    return switch (second) {
      case LENGTH_16 -> Short.BYTES;
      case LENGTH_64 -> Long.BYTES;
      default -> {
        if (second < 0) {
          throw broken("a masked frame");
        }
        yield 0;
      }
    };
  }

  private static long length(byte[] in, int at) {
    byte second = in[at + 1];
    if (second < LENGTH_16) {
      return second;
    }
    long length = 0;
    int end = at + 2 + lengthBytes(second);
    for (int i = at + 2; i < end; i++) {
      length = (length << 8) | (in[i] & 0xFF);
    }
    return length;
  }

  private void frame(byte first, byte[] in, int from, int to, Sink sink) {
    boolean last = first < 0;
    if ((first & 0x70) != 0) {
      throw broken("a frame with an extension that nobody asked for");
    }
    int opcode = first & 0x0F;
    if (opcode >= CLOSE && (!last || to - from > MOST_CONTROL)) {
      throw broken("a control frame that is in pieces, or too long");
    }
    switch (opcode) {
      case TEXT -> begin(last, in, from, to, sink);
      case CONTINUATION -> proceed(last, in, from, to, sink);
      case CLOSE -> close(in, from, to, sink);
      case PING -> sink.ping(in, from, to);
      case PONG -> {}
      default -> throw broken("a frame of type " + opcode);
    }
  }

  private void begin(boolean last, byte[] in, int from, int to, Sink sink) {
    if (begun) {
      throw broken("a message within a message");
    }
    if (last) {
      sink.text(in, from, to);
    } else {
      begun = true;
      message = Arrays.copyOfRange(in, from, to);
      messageLength = to - from;
    }
  }

  private void proceed(boolean last, byte[] in, int from, int to, Sink sink) {
    if (!begun) {
      throw broken("the rest of a message that never began");
    }
    message = appended(message, messageLength, in, from, to);
    messageLength += to - from;
    if (messageLength > MOST) {
      throw broken("a message of more than " + MOST + " bytes");
    }
    if (last) {
      byte[] whole = message;
      begun = false;
      message = NOTHING;
      sink.text(whole, 0, messageLength);
    }
  }

  private static void close(byte[] in, int from, int to, Sink sink) {
    if (to - from < 2) {
      sink.close(1005, "");
      return;
    }
    int code = ((in[from] & 0xFF) << 8) | (in[from + 1] & 0xFF);
    sink.close(code, new String(in, from + 2, to - from - 2, StandardCharsets.UTF_8));
  }

  private static byte[] appended(byte[] bytes, int length, byte[] in, int from, int to) {
    int needed = length + to - from;
    byte[] room =
        needed <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(needed, 2 * length));
    System.arraycopy(in, from, room, length, to - from);
    return room;
  }

  private static Failure broken(String what) {
    return Failure.of(Reason.INVALID, "the server sent " + what);
  }
}
