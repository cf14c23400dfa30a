package io.parley.accounts;

import io.parley.json.Opaque;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
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
  private static final Opaque FORM = new Opaque("prt_");
  private static final String HMAC = "HmacSHA256";

  /** A new one. */
  static RefreshToken fresh(SecureRandom random) {
    return new RefreshToken(FORM.write(Opaque.bits(random)));
  }

  /** What makes the next token, of 256 random bits. */
  static Buffer salt(SecureRandom random) {
    return Buffer.buffer(Opaque.bits(random));
  }

  /** The next token: HMAC-SHA-256 of the salt, with this one as the key. */
  RefreshToken next(Buffer salt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(clear.getBytes(StandardCharsets.US_ASCII), HMAC));
      return new RefreshToken(FORM.write(mac.doFinal(salt.getBytes())));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a client sent; empty when it cannot be one of ours. */
  static Optional<RefreshToken> parse(String text) {
    return FORM.matches(text) ? Optional.of(new RefreshToken(text)) : Optional.empty();
  }

  /** What may be stored. */
  Buffer hash() {
    return Opaque.hash(clear);
  }

  @Override
  public String toString() {
    return "***";
  }
}
