package io.parley.cli.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * An entry of a room's log as a client sees it; its text only as a digest.
 *
 * @param at in milliseconds since 1970, by the server's clock
 * @param author who wrote it, empty for nobody
 * @param subject whom it is about, for those who come and go; otherwise empty
 * @param digest of a message's text, otherwise empty
 */
public record Entry(
    long seq,
    long n,
    long at,
    String kind,
    String cid,
    String author,
    String subject,
    String digest) {
  private static final int DIGEST_BYTES = 12;

  /** The one kind that is counted. */
  static final String MESSAGE = "message";

  /** Reads an entry as the server sends it. */
  public static Entry of(JsonNode sent) {
    JsonNode text = sent.path("body").path("text");
    return new Entry(
        sent.path("seq").asLong(),
        sent.path("n").asLong(),
        sent.hasNonNull("at") ? Instant.parse(sent.path("at").asText()).toEpochMilli() : 0,
        sent.path("kind").asText(),
        sent.path("cid").asText(),
        sent.path("author").path("id").asText(),
        sent.path("body").path("user").path("id").asText(),
        text.isTextual() ? digest(text.asText()) : "");
  }

  /** What stands for a text in a history: short, and practically never the same for two texts. */
  public static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  boolean isMessage() {
    return kind.equals(MESSAGE);
  }

  Entry at(long otherSeq) {
    return new Entry(otherSeq, n, at, kind, cid, author, subject, digest);
  }
}
