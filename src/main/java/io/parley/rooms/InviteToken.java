package io.parley.rooms;

import io.parley.failure.Failure;
import io.parley.json.Opaque;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;

/**
 * The secret in a link that leads into a room: whoever has it may come in. Stores know its hash.
 */
record InviteToken(String clear) {
  private static final Opaque FORM = new Opaque("pit_");

  /** A new one, of 256 random bits. */
  static InviteToken fresh(SecureRandom random) {
    return new InviteToken(FORM.write(Opaque.bits(random)));
  }

  /** What a client sent. Fails INVALID when it cannot be one of ours. */
  static InviteToken parse(String text) {
    if (!FORM.matches(text)) {
      throw Failure.invalid("token", "must be the token of an invite link");
    }
    return new InviteToken(text);
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
