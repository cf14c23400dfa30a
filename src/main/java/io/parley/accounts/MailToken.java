package io.parley.accounts;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The secret in the link of a mail; whoever has it has read that mail. Stores know its hash. */
record MailToken(String clear) {
  private static final String PREFIX = "pmt_";
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

  /** A new one, of 256 random bits. */
  static MailToken fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new MailToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What a client sent; empty when it cannot be one of ours. */
  static Optional<MailToken> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new MailToken(text)) : Optional.empty();
  }

  /** What may be stored: SHA-256, enough for a secret that cannot be guessed. */
  Buffer hash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Buffer.buffer(sha256.digest(clear.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
