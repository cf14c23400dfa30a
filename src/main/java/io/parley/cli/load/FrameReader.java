package io.parley.cli.load;

import io.parley.cli.load.socket.Framing;
import io.parley.cli.load.socket.Needle;
import io.parley.failure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a message of the server is about, as far as the tool cares: it is searched, not parsed. One
 * for each event loop; what it found lasts until the next message.
 */
final class FrameReader {
  private static final List<Reason> REASONS = List.of(Reason.values());

  private final Needle received;
  private final Needle refused;
  private final Needle address;
  private final Needle room;
  private final Needle user;
  private final Needle cid;
  private final Needle ready;
  private final Needle partial;
  private final Needle expiring;
  private final Needle cursor;
  private final Needle seq;
  private final Needle head;
  private final Needle code;
  private final byte quote;
  private int cidAt;
  private char topic;
  private int number;

  /** What it is. */
  enum Kind {
    /** A post of this tool to a room; its number is known. */
    DELIVERED,
    /** The answer to a command; its topic and number are known. */
    ANSWERED,
    /** The refusal of a command, likewise. */
    REFUSED,
    /** A room will not be heard. */
    ROOM_REFUSED,
    /** A room is heard from now on, everything missed has come. */
    READY,
    /** A room is heard from now on, and there was more to be missed than is sent. */
    PARTLY_READY,
    /** The session ends soon. */
    EXPIRING,
    OTHER
  }

  FrameReader(Framing framing) {
    this.received = framing.needle("{\"type\":\"rec\",\"address\":\"");
    this.refused = framing.needle("{\"type\":\"err\"");
    this.address = framing.needle("\"address\":\"");
    this.room = framing.needle("room.");
    this.user = framing.needle("user.");
    this.cid = framing.needle("\"cid\":\"" + PostScript.PREFIX);
    this.ready = framing.needle("\"kind\":\"ready\"");
    this.partial = framing.needle("\"complete\":false");
    this.expiring = framing.needle("\"kind\":\"session.expiring\"");
    this.cursor = framing.needle("\"cursor\":\"");
    this.seq = framing.needle("\"seq\":");
    this.head = framing.needle("\"head\":");
    this.code = framing.needle("\"failureCode\":");
    this.quote = framing.quote();
  }

  Kind read(byte[] in, int from, int to) {
    if (received.at(in, from, to)) {
      int at = from + received.length();
      if (room.at(in, at, to)) {
        return ofRoom(in, from, to);
      }
      if (user.at(in, at, to)) {
        return expiring.find(in, at, to) < 0 ? Kind.OTHER : Kind.EXPIRING;
      }
      return named(in, at, to, Kind.ANSWERED);
    }
    if (!refused.at(in, from, to)) {
      return Kind.OTHER;
    }
    int at = address.find(in, from, to);
    if (at < 0) {
      topic = 0;
      return Kind.REFUSED;
    }
    at += address.length();
    return room.at(in, at, to) ? Kind.ROOM_REFUSED : named(in, at, to, Kind.REFUSED);
  }

  /** Which command is answered. */
  char topic() {
    return topic;
  }

  /** Of the post or the command. */
  int number() {
    return number;
  }

  /** Where a message of a room stands; empty when it does not say. */
  String cursor(byte[] in, int from, int to) {
    int at = cursor.find(in, from, to);
    if (at < 0) {
      return "";
    }
    int begin = at + cursor.length();
    int end = begin;
    while (end < to && in[end] != quote) {
      end++;
    }
    return new String(in, begin, end - begin, StandardCharsets.US_ASCII);
  }

  /** The place of an entry in its room; 0 when it has none. */
  int seq(byte[] in, int from, int to) {
    return behind(seq, in, from, to);
  }

  /** Where a room stood when it was heard first; 0 when it does not say. */
  int head(byte[] in, int from, int to) {
    return behind(head, in, from, to);
  }

  /** The reason of a refusal, as it is called everywhere. */
  String code(byte[] in, int from, int to) {
    int number = behind(code, in, from, to);
    for (Reason reason : REASONS) {
      if (reason.number() == number) {
        return reason.name();
      }
    }
    return "code " + number;
  }

  static String text(byte[] in, int from, int to) {
    return new String(in, from, to - from, StandardCharsets.UTF_8);
  }

  /** Entries of one room are all alike, so the name is most often where it was the last time. */
  private Kind ofRoom(byte[] in, int from, int to) {
    int at = from + cidAt;
    if (cidAt == 0 || !cid.at(in, at, to)) {
      at = cid.find(in, from, to);
      if (at < 0) {
        return ready(in, from, to);
      }
      cidAt = at - from;
    }
    number = digits(in, at + cid.length(), to);
    return Kind.DELIVERED;
  }

  private Kind ready(byte[] in, int from, int to) {
    if (ready.find(in, from, to) < 0) {
      return Kind.OTHER;
    }
    return partial.find(in, from, to) < 0 ? Kind.READY : Kind.PARTLY_READY;
  }

  private Kind named(byte[] in, int at, int to, Kind kind) {
    topic = at < to ? (char) in[at] : 0;
    number = digits(in, at + 1, to);
    return kind;
  }

  private static int behind(Needle name, byte[] in, int from, int to) {
    int at = name.find(in, from, to);
    return at < 0 ? 0 : digits(in, at + name.length(), to);
  }

  private static int digits(byte[] in, int from, int to) {
    int value = 0;
    for (int at = from; at < to && in[at] >= '0' && in[at] <= '9'; at++) {
      value = value * 10 + in[at] - '0';
    }
    return value;
  }
}
