package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Messages come out of frames as they went in. */
class FramesTest {

  @RepeatedTest(20)
  void everyFormCarriesTheSameMessages() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> messages = new ArrayList<>();
    for (int i = 1 + random.nextInt(30); i > 0; i--) {
      messages.add(text(random));
    }
    Frames frames =
        new Frames(messages.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());

    assertThat(payloads(frames.raw())).as("seed " + seed).isEqualTo(messages);
    List<String> unpacked = new ArrayList<>();
    for (String payload : payloads(frames.sockJs())) {
      assertThat(payload).startsWith("a[");
      unpacked.addAll(SockJsText.unpack(payload.substring(1)).orElseThrow());
    }
    assertThat(unpacked).as("seed " + seed).isEqualTo(messages);
    frames.release();
  }

  @Test
  void aBufferIsFreedWhenItsMakerAndAllWiresAreDoneWithIt() {
    Frames frames = Frames.of("{}".getBytes(StandardCharsets.UTF_8));
    ByteBuf shared = frames.raw();
    ByteBuf waiting = shared.retainedDuplicate();

    frames.release();
    assertThat(shared.refCnt()).isEqualTo(1);
    waiting.release();

    assertThat(shared.refCnt()).isZero();
  }

  /** Every length of head occurs, and every character that needs care. */
  private static String text(Random random) {
    int length = 1 << random.nextInt(17);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.appendCodePoint(
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> '"';
            case 2 -> '\\';
            case 3 -> 0x1F600 + random.nextInt(60);
            default -> 'a' + random.nextInt(26);
          });
    }
    return text.toString();
  }

  private static List<String> payloads(ByteBuf shared) {
    ByteBuf frames = shared.duplicate();
    List<String> payloads = new ArrayList<>();
    while (frames.isReadable()) {
      assertThat(frames.readByte()).isEqualTo((byte) 0x81);
      long length = frames.readByte();
      if (length == 126) {
        length = frames.readUnsignedShort();
      } else if (length == 127) {
        length = frames.readLong();
      }
      payloads.add(frames.readCharSequence((int) length, StandardCharsets.UTF_8).toString());
    }
    return payloads;
  }
}
