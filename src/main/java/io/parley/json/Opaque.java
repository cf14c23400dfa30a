package io.parley.json;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * How a kind of secrets is written that nobody can make sense of: a prefix that tells it from
 * others, and 256 bits.
 */
public final class Opaque {
  private static final int BYTES = 32;

  private final String prefix;
  private final Pattern form;

  /** That of a kind with this prefix. */
  public Opaque(String prefix) {
    this.prefix = prefix;
    this.form = Pattern.compile(Pattern.quote(prefix) + "[A-Za-z0-9_-]{43}");
  }

  /** As many random bits as a secret has. */
  public static byte[] bits(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One of these bits. */
  public String write(byte[] bits) {
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /** Whether it can be one of this kind. */
  public boolean matches(String text) {
    return form.matcher(text).matches();
  }

  /** What may be stored: SHA-256, enough for a secret that cannot be guessed. */
  public static Buffer hash(String clear) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Buffer.buffer(sha256.digest(clear.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
