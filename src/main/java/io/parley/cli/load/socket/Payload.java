package io.parley.cli.load.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;

/**
 * What is to be sent in one frame, put together of pieces. Used again and again by one event loop.
 */
public final class Payload {
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MOST_HEAD = 14;
  private static final int MOST_DIGITS = 10;

  private byte[] bytes = new byte[1024];
  private int length;

  public Payload clear() {
    length = 0;
    return this;
  }

  public Payload add(byte[] piece) {
    return add(piece, 0, piece.length);
  }

  Payload add(byte[] piece, int from, int to) {
    grow(to - from);
    System.arraycopy(piece, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  /** A number that is not negative, in decimal digits. */
  public Payload add(int number) {
    grow(MOST_DIGITS);
    int digits = 1;
    for (int rest = number; rest > 9; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** A frame of it, masked as clients must. What was put together is gone. */
  ByteBuf frame(ByteBufAllocator buffers, int opcode, int mask) {
    ByteBuf frame = buffers.ioBuffer(length + MOST_HEAD);
    frame.writeByte(FINAL | opcode);
    if (length < LENGTH_16) {
      frame.writeByte(MASKED | length);
    } else if (length <= 0xFFFF) {
      frame.writeByte(MASKED | LENGTH_16).writeShort(length);
    } else {
      frame.writeByte(MASKED | LENGTH_64).writeLong(length);
    }
    frame.writeInt(mask);
    mask(mask);
    frame.writeBytes(bytes, 0, length);
    length = 0;
    return frame;
  }

  private void mask(int mask) {
    byte first = (byte) (mask >>> 24);
    byte second = (byte) (mask >>> 16);
    byte third = (byte) (mask >>> 8);
    byte fourth = (byte) mask;
    grow(Integer.BYTES);
    for (int at = 0; at < length; at += Integer.BYTES) {
      bytes[at] ^= first;
      bytes[at + 1] ^= second;
      bytes[at + 2] ^= third;
      bytes[at + 3] ^= fourth;
    }
  }

  private void grow(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
