package io.parley.events;

import io.parley.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves who sent something, and when, as the Standard Webhooks have it: {@code v1} and an HMAC of
 * SHA-256 over its id, its time and its bytes.
 */
final class Signature {
  private static final String HMAC = "HmacSHA256";
  private static final String ENCODED = "whsec_";
  private static final int ID_BYTES = 16;

  private final SecretKeySpec key;

  Signature(Secret secret) {
    this.key = new SecretKeySpec(bytes(secret.value()), HMAC);
  }

  /** Secrets of that standard are written in Base64; any others are taken as they are. */
  private static byte[] bytes(String secret) {
    return secret.startsWith(ENCODED)
        ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
        : secret.getBytes(StandardCharsets.UTF_8);
  }

  /** The same for the same bytes, whoever sends them, and however often. */
  static String id(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "evt_" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String of(String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
