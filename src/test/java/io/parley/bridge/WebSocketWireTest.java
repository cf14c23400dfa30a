package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.fixtures.Await;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a WebSocket does by itself, seen byte by byte. */
class WebSocketWireTest {
  private static final String UPGRADE =
      """
      GET %s HTTP/1.1\r
      Host: 127.0.0.1\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;
  private static final int FINAL = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private TestBridge world;
  private Socket socket;
  private DataInputStream in;

  private record Frame(int kind, ByteBuffer payload) {
    String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    int status() {
      return payload.getShort(0) & 0xFFFF;
    }
  }

  @BeforeEach
  void open() throws IOException {
    world = new TestBridge();
    socket = new Socket("127.0.0.1", world.port());
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    world.close();
  }

  @Test
  void aPingIsAnsweredWithWhatWasInIt() throws IOException {
    upgrade("/eventbus/websocket");

    write(FINAL | PING, utf8("still there?"));

    Frame answer = read();
    assertThat(answer.kind()).isEqualTo(PONG);
    assertThat(answer.text()).isEqualTo("still there?");
  }

  @Test
  void aPingBetweenThePiecesOfATextIsAnsweredFirst() throws IOException {
    upgrade("/eventbus/websocket");

    write(TEXT, utf8("{\"type\":"));
    write(FINAL | PING, utf8("?"));
    assertThat(read().kind()).isEqualTo(PONG);
    write(FINAL, utf8("\"ping\"}"));

    assertThat(read().text()).contains("pong");
  }

  @Test
  void aPeersLastWordIsRepeatedAndTheConnectionEnds() throws IOException {
    upgrade("/eventbus/websocket");

    write(FINAL | CLOSE, new byte[] {0x03, (byte) 0xE9, 'b', 'y', 'e'});

    Frame answer = read();
    assertThat(answer.kind()).isEqualTo(CLOSE);
    assertThat(answer.status()).isEqualTo(1001);
    assertThat(answer.text()).endsWith("bye");
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void aLastWordWithoutANumberIsAnsweredLikewise() throws IOException {
    upgrade("/eventbus/websocket");

    write(FINAL | CLOSE, new byte[0]);

    Frame answer = read();
    assertThat(answer.kind()).isEqualTo(CLOSE);
    assertThat(answer.payload().remaining()).isZero();
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void whoAnswersOurLastWordIsLetGo() throws IOException {
    upgrade("/eventbus/websocket");
    write(FINAL | BINARY, new byte[] {1});
    Frame word = read();
    assertThat(word.status()).isEqualTo(1003);

    write(FINAL | CLOSE, word.payload().array());

    assertThat(in.read()).isEqualTo(-1);
    await().until(() -> world.door.connections() == 0);
  }

  @Test
  void ourLastWordArrivesThoughThePeerHasSaidItsOwn() throws IOException {
    upgrade("/eventbus/websocket");
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(frame(FINAL | BINARY, new byte[] {1}));
    both.writeBytes(frame(FINAL | CLOSE, new byte[] {0x03, (byte) 0xE8}));

    socket.getOutputStream().write(both.toByteArray());

    assertThat(read().status()).isEqualTo(1003);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void whoIsConnectedWhenTheServerEndsIsToldSo() throws IOException {
    upgrade("/eventbus/websocket");
    write(FINAL | PING, new byte[0]);
    assertThat(read().kind()).isEqualTo(PONG);

    Await.of(world.vertx.close());

    assertThat(read().status()).isEqualTo(4503);
  }

  @Test
  void whoDoesNotAnswerOurLastWordIsCutOffAndNotServedMeanwhile() throws IOException {
    upgrade("/eventbus/websocket");
    write(FINAL | BINARY, new byte[] {1});
    assertThat(read().status()).isEqualTo(1003);

    write(FINAL | TEXT, utf8("{\"type\":\"ping\"}"));
    write(FINAL | PING, new byte[0]);

    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void whatBreaksTheProtocolEndsItWithTheNumberForThat() throws IOException {
    upgrade("/eventbus/websocket");

    write(FINAL | 0x70 | TEXT, utf8("reserved bits"));

    Frame word = read();
    assertThat(word.kind()).isEqualTo(CLOSE);
    assertThat(word.status()).isEqualTo(1002);
  }

  @Test
  void sockJsSaysWhyBeforeTheLastWord() throws IOException {
    upgrade("/eventbus/1/abcdefgh/websocket");
    assertThat(read().text()).isEqualTo("o");

    write(FINAL | TEXT, utf8("[1]"));

    assertThat(read().text()).startsWith("c[4400,");
    assertThat(read().status()).isEqualTo(4400);
  }

  private void upgrade(String path) throws IOException {
    byte[] request = UPGRADE.formatted(path).getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(request);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    assertThat(head).startsWith("HTTP/1.1 101");
  }

  private void write(int head, byte[] payload) throws IOException {
    socket.getOutputStream().write(frame(head, payload));
  }

  /** Masked with nothing, as is allowed. */
  private static byte[] frame(int head, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(head);
    frame.write(0x80 | payload.length);
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  private Frame read() throws IOException {
    int kind = in.readUnsignedByte() & 0x0F;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    return new Frame(kind, ByteBuffer.wrap(in.readNBytes(length)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
