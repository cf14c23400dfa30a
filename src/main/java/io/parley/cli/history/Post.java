package io.parley.cli.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of one post, by what its sender was told. */
final class Post {
  private final Key key;
  private final List<Event.Send> sends = new ArrayList<>();
  private final List<Event.Acked> acks = new ArrayList<>();
  private final List<Event.Unknown> unknowns = new ArrayList<>();
  private final List<Event.Refused> refusals = new ArrayList<>();

  /** What the store knows a post by. */
  record Key(String room, String author, String cid) {}

  Post(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  void add(Event event) {
    if (event instanceof Event.Send send) {
      sends.add(send);
    } else if (event instanceof Event.Acked acked) {
      acks.add(acked);
    } else if (event instanceof Event.Unknown unknown) {
      unknowns.add(unknown);
    } else if (event instanceof Event.Refused refused) {
      refusals.add(refused);
    }
  }

  List<Event.Send> sends() {
    return sends;
  }

  List<Event.Acked> acks() {
    return acks;
  }

  /** The final refusal, unless it was acknowledged after all. */
  Optional<Event.Refused> refused() {
    return acks.isEmpty() ? refusals.stream().findFirst() : Optional.empty();
  }

  /** Whether its sender never learnt what became of it. */
  boolean unanswered() {
    return !sends.isEmpty() && acks.isEmpty() && refusals.isEmpty();
  }

  /** Why its last attempt was not answered, as far as anybody knows. */
  String lastWord() {
    return unknowns.isEmpty() ? "nothing came" : unknowns.get(unknowns.size() - 1).reason();
  }

  /** Whether an attempt may still have been under way when the server gave its last word. */
  boolean uncertain() {
    return !unknowns.isEmpty();
  }

  /** When it was sent first. */
  long sentAt() {
    return sends.stream().mapToLong(Event.Send::at).min().orElse(Long.MAX_VALUE);
  }

  boolean wasSentAs(String digest) {
    return sends.stream().anyMatch(send -> send.digest().equals(digest));
  }
}
