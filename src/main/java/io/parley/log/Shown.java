package io.parley.log;

/** An entry as it is shown: with what has become of it since. */
public record Shown(Entry entry, MessageState state) {

  /** An entry as it was written. */
  public static Shown fresh(Entry entry) {
    return new Shown(entry, MessageState.FRESH);
  }

  /** The state after one more entry. */
  public Shown after(Entry mutation) {
    return new Shown(entry, state.after(mutation));
  }
}
