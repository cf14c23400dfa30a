package io.parley.log;

import io.parley.accounts.UserId;

/**
 * A message that somebody wants to change.
 *
 * @param message whether it is one; other entries stay as they are
 */
record Target(long seq, UserId author, boolean message, MessageState state) {

  static Target of(Shown shown) {
    Entry entry = shown.entry();
    return new Target(entry.seq(), entry.author(), entry.kind().equals("message"), shown.state());
  }

  /** The newest entry that it rests on. */
  long latest() {
    return Math.max(seq, state.rev());
  }

  Target with(MessageState now) {
    return new Target(seq, author, message, now);
  }
}
