package io.parley.cli.load;

import io.parley.cli.load.socket.Framing;
import io.parley.cli.load.socket.Payload;
import io.parley.json.Json;

/** Posts as bytes: all are alike but for their room and number, so they are written but once. */
final class PostScript {
  /** What answers to posts are addressed to, before their number. */
  static final char TOPIC = 'L';

  /** The same as text; the names of posts begin with it, too. */
  static final String PREFIX = "" + TOPIC;

  private final Framing framing;
  private final byte[] opening;
  private final byte[] head;
  private final byte[] tail;
  private final byte[] closing;

  PostScript(Framing framing, String text) {
    this.framing = framing;
    this.opening = framing.opening();
    this.head =
        framing.piece(
            "{\"type\":\"send\",\"address\":\"messages.post\",\"replyAddress\":\"" + PREFIX);
    this.tail = framing.piece("\",\"text\":" + Json.write(text) + "}}");
    this.closing = framing.closing();
  }

  /** What the message of a number is known by. */
  static String cid(int number) {
    return PREFIX + number;
  }

  /** What is the same in all posts to a room. */
  byte[] to(String room) {
    return framing.piece("\",\"body\":{\"room\":\"" + room + "\",\"cid\":\"" + PREFIX);
  }

  Payload write(Payload payload, byte[] room, int number) {
    return payload.add(opening).add(head).add(number).add(room).add(number).add(tail).add(closing);
  }
}
