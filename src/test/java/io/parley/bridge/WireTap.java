package io.parley.bridge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that can do what no proper one does, byte by byte. */
final class WireTap implements AutoCloseable {
  static final int TEXT = 0x81;
  private final Socket socket;
  private final DataInputStream in;

  WireTap(int port, int receiveBuffer) {
    try {
      socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(30_000);
      in = new DataInputStream(socket.getInputStream());
      write(
          ("GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                  + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                  + "Sec-WebSocket-Version: 13\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        head.append((char) in.readByte());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame, masked with zeros. */
  void frame(int first, byte[] payload) {
    write(encode(first, 0x80, payload));
  }

  void text(String text) {
    frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] encode(int first, int mask, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(mask | payload.length);
    } else if (payload.length < 65536) {
      out.write(mask | 126);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      out.write(mask | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    if (mask != 0) {
      out.writeBytes(new byte[4]);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** The next frame's text; for a close frame {@code close <code>}, and {@code cut} at the end. */
  String next() {
    try {
      int first = in.read();
      if (first < 0) {
        return "cut";
      }
      long length = in.readByte() & 0x7F;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = in.readNBytes((int) length);
      return (first & 0xF) == 8
          ? "close " + ByteBuffer.wrap(payload).getShort()
          : new String(payload, StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "cut";
    }
  }

  /** Reads on until the socket is closed; answers how. */
  String end() {
    String frame = next();
    while (!frame.startsWith("close") && !frame.equals("cut")) {
      frame = next();
    }
    return frame;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
