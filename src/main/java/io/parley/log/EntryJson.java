package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.bus.Bytes;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.Optional;

/**
 * The wire form of entries. An entry has the same bytes whenever and wherever it is encoded, and
 * its body goes in exactly as it was sent.
 */
final class EntryJson {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final int ENVELOPE = 640;

  /** What may be told of a message's state, most of it reactions. */
  private static final int STATE = 8 << 10;

  private static final int LONGEST_KIND = 32;
  private static final int LONGEST_CID = 64;
  private static final int LARGEST = Bytes.MAX - STATE;
  private static final String HEX = "0123456789abcdef";

  private final int epoch;

  EntryJson(int epoch) {
    this.epoch = epoch;
  }

  LogApi.Encoded encode(Entry entry) {
    return encode(entry, entry.body(), "");
  }

  /**
   * An entry with what has become of it.
   *
   * @param viewer who will see it; nobody in particular sees no reactions
   */
  LogApi.Encoded encode(Shown shown, Optional<UserId> viewer) {
    MessageState state = shown.state();
    return state.rev() == 0
        ? encode(shown.entry())
        : encode(shown.entry(), StateJson.body(shown), StateJson.state(state, viewer));
  }

  /** An entry without its words, for those who may not see the message that it changes. */
  LogApi.Encoded veiled(Entry entry) {
    return encode(entry, MessageState.CLEARED, "");
  }

  private static Optional<Long> amended(Entry entry) {
    return Mutation.of(entry).filter(Mutation.EDIT::equals).flatMap(edit -> entry.target());
  }

  private LogApi.Encoded encode(Entry entry, String body, String state) {
    StringBuilder json = new StringBuilder(ENVELOPE + body.length() + state.length());
    json.append("{\"kind\":\"").append(entry.kind()).append('"');
    address(json, entry.log());
    json.append(",\"seq\":").append(entry.seq());
    json.append(",\"n\":").append(entry.n());
    json.append(",\"cursor\":\"").append(cursor(entry));
    json.append("\",\"id\":\"").append(entry.id());
    json.append("\",\"cid\":");
    text(json, entry.cid());
    json.append(",\"at\":\"");
    TIME.formatTo(Instant.ofEpochMilli(entry.at()), json);
    json.append('"');
    author(json, entry);
    entry.target().ifPresent(target -> target(json, entry.kind(), target));
    json.append(",\"body\":").append(body).append(state).append('}');
    return new LogApi.Encoded(entry.log(), entry.seq(), utf8(json), entry.expels(), amended(entry));
  }

  LogApi.Fleeting fleeting(LogId log, String kind, Collection<UserId> users) {
    StringBuilder json = new StringBuilder(ENVELOPE);
    json.append("{\"kind\":\"").append(kind).append('"');
    address(json, log);
    json.append(",\"users\":[");
    String separator = "\"";
    for (UserId user : users) {
      json.append(separator).append(user).append('"');
      separator = ",\"";
    }
    json.append("]}");
    return new LogApi.Fleeting(log, utf8(json));
  }

  LogApi.Appended appended(Entry entry, boolean duplicate) {
    return new LogApi.Appended(
        entry.seq(), entry.n(), entry.at(), cursor(entry), entry.id().toString(), duplicate);
  }

  LogApi.Head head(LogStore.Top top) {
    return new LogApi.Head(top.log(), top.seq(), top.n(), top.at(), top.cursor(epoch).toString());
  }

  int epoch() {
    return epoch;
  }

  /**
   * Refuses what could not be written down faithfully or would not fit on the bus. The edges have
   * checked the text itself; this is the last line.
   */
  static void check(Draft draft) {
    checkKind(draft.kind());
    if (!isCid(draft.cid())) {
      throw Failure.invalid("cid", "must be 1 to 64 printable ASCII characters");
    }
    boolean lost = draft.source().filter(Draft.Source::lost).isPresent();
    if (lost ? !draft.body().isEmpty() : !draft.body().startsWith("{")) {
      throw Failure.invalid("body", "must be a JSON object");
    }
    int size = ENVELOPE + 6 * draft.name().length() + bodySize(draft);
    if (size > LARGEST) {
      throw Failure.of(Reason.TOO_LARGE, "an entry is limited to " + LARGEST + " bytes")
          .with("limit", LARGEST);
    }
  }

  static void checkKind(String kind) {
    if (!isKind(kind)) {
      throw Failure.invalid("kind", "must be a word of the wire format");
    }
  }

  private static boolean isKind(String kind) {
    boolean fits = !kind.isEmpty() && kind.length() <= LONGEST_KIND && isLetter(kind.charAt(0));
    for (int i = 1; fits && i < kind.length(); i++) {
      char c = kind.charAt(i);
      fits = isLetter(c) || c == '.' || c == '_' || c == '-';
    }
    return fits;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isCid(String cid) {
    boolean fits = !cid.isEmpty() && cid.length() <= LONGEST_CID;
    for (int i = 0; fits && i < cid.length(); i++) {
      fits = cid.charAt(i) >= ' ' && cid.charAt(i) <= '~';
    }
    return fits;
  }

  static int bodySize(Draft draft) {
    return draft.body().getBytes(StandardCharsets.UTF_8).length;
  }

  private String cursor(Entry entry) {
    return Cursor.at(epoch, entry.seq(), entry.id()).toString();
  }

  private static void address(StringBuilder json, LogId log) {
    json.append(",\"").append(log.scope().word()).append("\":\"").append(log.id()).append('"');
  }

  /** What stands in a thread says so in a word of its own. */
  private static void target(StringBuilder json, String kind, long target) {
    String word = kind.equals(Mutation.REPLY.word()) ? "thread" : "target";
    json.append(",\"").append(word).append("\":").append(target);
  }

  /** What the server itself writes has no author. */
  private static void author(StringBuilder json, Entry entry) {
    if (!entry.author().equals(UserId.SYSTEM)) {
      json.append(",\"author\":{\"id\":\"").append(entry.author()).append("\",\"name\":");
      text(json, entry.name());
      json.append('}');
    }
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private static Bytes utf8(StringBuilder json) {
    return new Bytes(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
