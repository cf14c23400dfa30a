package io.parley.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages for any number of sockets, in order, encoded once in each form that somebody needs.
 *
 * <p>The buffers are shared: a wire writes a retained duplicate and changes nothing. Whoever made
 * the frames releases them when all wires have them. Belongs to one event loop.
 */
final class Frames {
  /** SockJS packs messages into arrays; beyond this size another one is begun. */
  private static final int PACK = 16 * 1024;

  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_HEAD = 10;

  private final List<byte[]> messages;
  private @Nullable List<byte[]> quoted;
  private @Nullable ByteBuf raw;
  private @Nullable ByteBuf sockJs;

  /**
   * @param messages each one JSON text in UTF-8
   */
  Frames(List<byte[]> messages) {
    this.messages = messages;
  }

  static Frames of(byte[] message) {
    return new Frames(List.of(message));
  }

  /** One WebSocket text frame for each message. Borrowed: retain to keep. */
  ByteBuf raw() {
    if (raw == null) {
      int size = messages.stream().mapToInt(message -> message.length + MAX_HEAD).sum();
      ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(size);
      for (byte[] message : messages) {
        head(buffer, message.length);
        buffer.writeBytes(message);
      }
      raw = buffer;
    }
    return raw;
  }

  /** WebSocket text frames, each a SockJS array of messages. Borrowed: retain to keep. */
  ByteBuf sockJs() {
    if (sockJs == null) {
      ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer();
      for (List<byte[]> pack : packs()) {
        int length = pack.stream().mapToInt(message -> message.length + 1).sum() + 2;
        head(buffer, length);
        array(buffer, pack);
      }
      sockJs = buffer;
    }
    return sockJs;
  }

  /** Every message as a JSON string, for the transports that pack them by themselves. */
  List<byte[]> quoted() {
    if (quoted == null) {
      quoted = messages.stream().map(Quoted::of).toList();
    }
    return quoted;
  }

  int count() {
    return messages.size();
  }

  void release() {
    if (raw != null) {
      raw.release();
      raw = null;
    }
    if (sockJs != null) {
      sockJs.release();
      sockJs = null;
    }
  }

  /** A whole WebSocket text frame around a text of our own. */
  static ByteBuf frame(byte[] text) {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(text.length + MAX_HEAD);
    head(buffer, text.length);
    return buffer.writeBytes(text);
  }

  /** A WebSocket ping without anything in it. */
  static ByteBuf ping() {
    return control(PING, Unpooled.EMPTY_BUFFER);
  }

  /** The answer to a ping. */
  static ByteBuf pong(ByteBuf ping) {
    return control(PONG, ping);
  }

  /**
   * The end of a WebSocket.
   *
   * @param payload nothing, or a number and a reason, of at most 125 bytes
   */
  static ByteBuf close(ByteBuf payload) {
    return control(CLOSE, payload);
  }

  /** The same, telling why. */
  static ByteBuf close(int number, String reason) {
    ByteBuf payload = Unpooled.buffer().writeShort(number);
    payload.writeCharSequence(reason, StandardCharsets.UTF_8);
    return close(payload);
  }

  private static ByteBuf control(int kind, ByteBuf payload) {
    int length = payload.readableBytes();
    return PooledByteBufAllocator.DEFAULT
        .directBuffer(2 + length)
        .writeByte(kind)
        .writeByte(length)
        .writeBytes(payload, payload.readerIndex(), length);
  }

  private List<List<byte[]>> packs() {
    List<List<byte[]>> packs = new ArrayList<>();
    List<byte[]> pack = new ArrayList<>();
    int size = 0;
    for (byte[] message : quoted()) {
      if (size > 0 && size + message.length > PACK) {
        packs.add(pack);
        pack = new ArrayList<>();
        size = 0;
      }
      pack.add(message);
      size += message.length;
    }
    packs.add(pack);
    return packs;
  }

  private static void array(ByteBuf buffer, List<byte[]> pack) {
    buffer.writeByte('a');
    char before = '[';
    for (byte[] message : pack) {
      buffer.writeByte(before).writeBytes(message);
      before = ',';
    }
    buffer.writeByte(']');
  }

  private static void head(ByteBuf buffer, int length) {
    buffer.writeByte(TEXT);
    if (length < LENGTH_16) {
      buffer.writeByte(length);
    } else if (length <= 0xFFFF) {
      buffer.writeByte(LENGTH_16).writeShort(length);
    } else {
      buffer.writeByte(LENGTH_64).writeLong(length);
    }
  }
}
