package io.parley.log;

import io.parley.accounts.UserId;

/**
 * A message that somebody wants to change.
 *
 * @param message whether it is one; other entries stay as they are
 * @param inThread whether it stands in the thread of another
 */
record Target(long seq, UserId author, boolean message, boolean inThread, MessageState state) {

  /** One that stands among the others of its room. */
  Target(long seq, UserId author, boolean message, MessageState state) {
    this(seq, author, message, false, state);
  }

  static Target of(Shown shown) {
    Entry entry = shown.entry();
    boolean message = entry.kind().equals("message");
    boolean inThread = message && entry.target().isPresent();
    return new Target(entry.seq(), entry.author(), message, inThread, shown.state());
  }

  /** The newest entry that it rests on. */
  long latest() {
    return Math.max(seq, state.rev());
  }

  Target with(MessageState now) {
    return new Target(seq, author, message, inThread, now);
  }
}
