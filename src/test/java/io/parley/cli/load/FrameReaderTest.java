package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.load.FrameReader.Kind;
import io.parley.cli.load.socket.Framing;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found in messages of the server, in both framings. */
class FrameReaderTest {
  private static final String ROOM =
      "{\"type\":\"rec\",\"address\":\"room.01900000-0000-7000-8000-000000000000\",\"body\":";

  private Framing framing = Framing.RAW;
  private FrameReader reader = new FrameReader(framing);
  private byte[] bytes = {};

  @ParameterizedTest
  @EnumSource(Framing.class)
  void deliveriesAreToldByTheirNumber(Framing given) {
    begin(given);

    assertThat(read(delivery(7, "c-7", 42))).isEqualTo(Kind.DELIVERED);
    assertThat(reader.number()).isEqualTo(42);
    assertThat(reader.seq(bytes, 3, bytes.length - 3)).isEqualTo(7);
    assertThat(reader.cursor(bytes, 3, bytes.length - 3)).isEqualTo("c-7");

    // Further back than the last time, and further in front.
    assertThat(read(delivery(1_000, "longer", 43))).isEqualTo(Kind.DELIVERED);
    assertThat(reader.number()).isEqualTo(43);
    assertThat(read(delivery(8, "c", 1_000_000))).isEqualTo(Kind.DELIVERED);
    assertThat(reader.number()).isEqualTo(1_000_000);
    assertThat(reader.cursor(bytes, 3, bytes.length - 3)).isEqualTo("c");
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void whatOthersDoInARoomIsNoDelivery(Framing given) {
    begin(given);

    assertThat(read(ROOM + "{\"kind\":\"join\",\"seq\":3,\"cid\":\"0190\"}}"))
        .isEqualTo(Kind.OTHER);
    assertThat(read(ROOM + "{\"kind\":\"typing\",\"users\":[]}}")).isEqualTo(Kind.OTHER);
    assertThat(read("{\"type\":\"pong\"}")).isEqualTo(Kind.OTHER);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void aRefusalIsToldByItsCode(Framing given) {
    begin(given);

    assertThat(read("{\"type\":\"err\",\"address\":\"L17\",\"failureCode\":5031,\"message\":\"\"}"))
        .isEqualTo(Kind.REFUSED);
    assertThat(reader.number()).isEqualTo(17);
    assertThat(reader.code(bytes, 3, bytes.length - 3)).isEqualTo("OVERLOADED");
    assertThat(read("{\"type\":\"err\",\"address\":\"L18\",\"failureCode\":1}"))
        .isEqualTo(Kind.REFUSED);
    assertThat(reader.code(bytes, 3, bytes.length - 3)).isEqualTo("code 1");
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void readyIsToldWithItsCursor(Framing given) {
    begin(given);
    String ready = "{\"kind\":\"ready\",\"head\":9,\"cursor\":\"here\",\"complete\":";

    assertThat(read(ROOM + ready + "true}}")).isEqualTo(Kind.READY);
    assertThat(reader.cursor(bytes, 3, bytes.length - 3)).isEqualTo("here");
    assertThat(reader.head(bytes, 3, bytes.length - 3)).isEqualTo(9);
    assertThat(read(ROOM + ready + "false}}")).isEqualTo(Kind.PARTLY_READY);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void answersAreToldByTopicAndNumber(Framing given) {
    begin(given);

    assertThat(read("{\"type\":\"rec\",\"address\":\"L17\",\"body\":{\"cid\":\"L99\"}}"))
        .isEqualTo(Kind.ANSWERED);
    assertThat(reader.topic()).isEqualTo('L');
    assertThat(reader.number()).isEqualTo(17);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void refusalsSayWhatTheyAnswer(Framing given) {
    begin(given);

    assertThat(read("{\"type\":\"err\",\"address\":\"L18\",\"failureCode\":4290}"))
        .isEqualTo(Kind.REFUSED);
    assertThat(reader.topic()).isEqualTo('L');
    assertThat(reader.number()).isEqualTo(18);
    assertThat(read("{\"type\":\"err\",\"address\":\"room.01900000\",\"failureCode\":4031}"))
        .isEqualTo(Kind.ROOM_REFUSED);
    assertThat(read("{\"type\":\"err\",\"failureCode\":4000}")).isEqualTo(Kind.REFUSED);
    assertThat(reader.topic()).isEqualTo((char) 0);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void theEndOfASessionIsNoticed(Framing given) {
    begin(given);
    String user = "{\"type\":\"rec\",\"address\":\"user.0190\",\"body\":{\"kind\":\"";

    assertThat(read(user + "session.expiring\"}}")).isEqualTo(Kind.EXPIRING);
    assertThat(read(user + "head\"}}")).isEqualTo(Kind.OTHER);
  }

  private void begin(Framing given) {
    framing = given;
    reader = new FrameReader(given);
  }

  /** Between other bytes, which are none of its business. */
  private Kind read(String message) {
    String framed = new String(framing.piece(message), StandardCharsets.UTF_8);
    bytes = ("\"L5" + framed + "\"L6").getBytes(StandardCharsets.UTF_8);
    return reader.read(bytes, 3, bytes.length - 3);
  }

  private static String delivery(int seq, String cursor, int number) {
    return ROOM
        + "{\"kind\":\"message\",\"seq\":"
        + seq
        + ",\"cursor\":\""
        + cursor
        + "\",\"cid\":\"L"
        + number
        + "\",\"body\":{\"text\":\"xxx\"}}}";
  }
}
