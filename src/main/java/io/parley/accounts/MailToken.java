package io.parley.accounts;

import io.parley.json.Opaque;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Optional;

/** The secret in the link of a mail; whoever has it has read that mail. Stores know its hash. */
record MailToken(String clear) {
  private static final Opaque FORM = new Opaque("pmt_");

  /** A new one. */
  static MailToken fresh(SecureRandom random) {
    return new MailToken(FORM.write(Opaque.bits(random)));
  }

  /** What a client sent; empty when it cannot be one of ours. */
  static Optional<MailToken> parse(String text) {
    return FORM.matches(text) ? Optional.of(new MailToken(text)) : Optional.empty();
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
