package io.parley.limits;

import io.parley.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for people and places that only those who know the server's secret could find out: of each
 * address there are few enough to try them all. From any thread.
 */
public final class Veil {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "parley limits";
  private static final int BYTES = 16;

  private final Mac mac;

  /**
   * @param secret the same on all nodes
   */
  public Veil(Secret secret) {
    this.mac = keyed(keyed(bytes(secret.value())).doFinal(bytes(PURPOSE)));
  }

  /** The same for the same, 22 letters of which none means anything to Redis. */
  String over(String name) {
    byte[] hash;
    synchronized (mac) {
      hash = mac.doFinal(bytes(name));
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
