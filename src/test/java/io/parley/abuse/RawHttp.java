package io.parley.abuse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP as nobody sends it by accident. */
final class RawHttp {
  static final List<String> UPGRADE =
      List.of(
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Version: 13");

  private RawHttp() {}

  /** A connection that comes from one of this machine's many loopback addresses. */
  static Socket connect(int port, String from) throws IOException {
    Socket socket =
        new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** The status that a request gets on a connection of its own. */
  static String status(int port, String request, List<String> headers, String body)
      throws IOException {
    try (Socket socket = connect(port, "127.0.0.1")) {
      write(socket, request, headers, body);
      String line = line(socket);
      return line.startsWith("HTTP/1.1 ") ? line.substring(9, 12) : line;
    }
  }

  /** The status and the body of what is answered in full. */
  static String exchange(int port, String request, String body) throws IOException {
    try (Socket socket = connect(port, "127.0.0.1")) {
      write(socket, request, List.of("Connection: close"), body);
      byte[] all = socket.getInputStream().readAllBytes();
      String answer = new String(all, StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return answer.substring(9, 12) + " " + unchunked(answer.substring(end + 4));
    }
  }

  static void write(Socket socket, String request, List<String> headers, String body)
      throws IOException {
    StringBuilder head = new StringBuilder(request).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (!body.isEmpty() || request.startsWith("POST")) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The next line; {@code cut} when the connection ends instead. */
  static String line(Socket socket) {
    StringBuilder line = new StringBuilder();
    try {
      int next = socket.getInputStream().read();
      while (next >= 0 && next != '\n') {
        line.append((char) next);
        next = socket.getInputStream().read();
      }
    } catch (IOException gone) {
      return "cut";
    }
    return line.isEmpty() ? "cut" : line.toString().strip();
  }

  private static String unchunked(String body) {
    return body.replaceAll("(?m)^[0-9a-f]+\r\n", "").strip();
  }
}
