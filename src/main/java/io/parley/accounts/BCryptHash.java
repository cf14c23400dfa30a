package io.parley.accounts;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Hashes that other chat servers left behind; they are compared, never made. */
final class BCryptHash {
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(?:0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

  /** BCrypt reads so many bytes, the closing zero included, and ignores the rest. */
  private static final int READ = 72;

  private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2Y_NO_NULL_TERMINATOR;
  private static final BCrypt.Verifyer VERIFIER =
      BCrypt.verifyer(VERSION, LongPasswordStrategies.truncate(VERSION));

  private BCryptHash() {}

  /** Whether a text is a hash of this kind, at a cost that is bearable. */
  static boolean wrote(String hash) {
    return FORM.matcher(hash).matches();
  }

  /** Whether a password has this hash; in constant time. */
  static boolean matches(String password, String hash) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    byte[] read = Arrays.copyOf(bytes, Math.min(bytes.length + 1, READ));
    return VERIFIER.verify(read, hash.getBytes(StandardCharsets.US_ASCII)).verified;
  }
}
