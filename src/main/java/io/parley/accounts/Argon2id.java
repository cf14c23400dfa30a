package io.parley.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id with its cost, and its text form as PHC strings: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * @param memory where blocks of 1 KiB come from and go back to, so that no hash leaves its
 *     megabytes to the collector
 */
record Argon2id(int memoryKib, int iterations, int lanes, BlockPool memory) {
  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /**
   * @param atOnce how many are computed at the same time; their memory is kept, once it was used
   */
  static Argon2id keepingMemory(int memoryKib, int iterations, int lanes, int atOnce) {
    return new Argon2id(memoryKib, iterations, lanes, new FixedBlockPool(atOnce * memoryKib));
  }

  /** Hashes a password under a fresh salt. */
  String hash(String password, SecureRandom random) {
    byte[] salt = random(SALT, random);
    return text(salt, compute(password, salt, HASH));
  }

  /** A hash that no password has, and that costs as much to compare as any other. */
  String unmatched(SecureRandom random) {
    return text(random(SALT, random), random(HASH, random));
  }

  /** Whether a text is a hash of this kind. */
  static boolean wrote(String hash) {
    return PHC.matcher(hash).matches();
  }

  /** Whether a password has this hash, by the cost the hash was made with; in constant time. */
  boolean matches(String password, String hash) {
    Matcher phc = PHC.matcher(hash);
    if (!phc.matches()) {
      return false;
    }
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    byte[] salt = Base64.getDecoder().decode(phc.group(4));
    byte[] computed = cost(phc).compute(password, salt, expected.length);
    return MessageDigest.isEqual(expected, computed);
  }

  /** Whether a hash was made at less than this cost. */
  boolean exceeds(String hash) {
    Matcher phc = PHC.matcher(hash);
    if (!phc.matches()) {
      return true;
    }
    Argon2id cost = cost(phc);
    return cost.memoryKib < memoryKib || cost.iterations < iterations;
  }

  private Argon2id cost(Matcher phc) {
    return new Argon2id(
        Integer.parseInt(phc.group(1)),
        Integer.parseInt(phc.group(2)),
        Integer.parseInt(phc.group(3)),
        memory);
  }

  private byte[] compute(String password, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(lanes)
            .withSalt(salt)
            .withBlockPool(memory)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private String text(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib, iterations, lanes, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  private static byte[] random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
