package io.parley.accounts;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that buys the next pair of tokens, once. Nobody can make sense of it; stores know only
 * its hash.
 *
 * <p>The first of a session is random. Each further one is made of the one before and a random
 * salt, so that the answer to its use can be given again as long as the salt is kept, although the
 * token itself is kept nowhere: whoever reads the store lacks the token, and whoever has the token
 * lacks the salt. No key of the server is in it, so that every node finds the same one.
 */
record RefreshToken(String clear) {
  private static final String PREFIX = "prt_";
  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

  /** A new one, of 256 random bits. */
  static RefreshToken fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /** What makes the next token, of 256 random bits. */
  static Buffer salt(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  /** The next token: HMAC-SHA-256 of the salt, with this one as the key. */
  RefreshToken next(Buffer salt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(clear.getBytes(StandardCharsets.US_ASCII), HMAC));
      return of(mac.doFinal(salt.getBytes()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static RefreshToken of(byte[] bytes) {
    return new RefreshToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What a client sent; empty when it cannot be one of ours. */
  static Optional<RefreshToken> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new RefreshToken(text)) : Optional.empty();
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
