package io.parley.cli.history;

import io.parley.cli.history.Violation.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether places in a log agree with what was before what in the world. */
final class OrderCheck {
  private OrderCheck() {}

  static void judge(
      Ledger ledger, Collection<History> histories, Map<String, RoomLog> logs, Verdict verdict) {
    Map<Post.Key, List<Entry>> stored = PostCheck.stored(logs);
    for (Post post : ledger.posts()) {
      Knowledge known = ledger.known(post.key().room());
      for (Entry entry : stored.getOrDefault(post.key(), List.of())) {
        realTime(post, entry, known, verdict);
      }
    }
    histories.forEach(history -> connections(history, ledger, stored, verdict));
  }

  private static void realTime(Post post, Entry entry, Knowledge known, Verdict verdict) {
    long before = known.before(post.sentAt());
    if (before > entry.seq()) {
      verdict.broken(
          Kind.INVERTED,
          post.key().room(),
          entry.seq(),
          entry.cid(),
          "was first sent when %d was known already, but stands before it",
          before);
    }
  }

  private record Lane(String room, int connection) {}

  /** Posts that were sent only once, and so over one connection. */
  private static void connections(
      History history, Ledger ledger, Map<Post.Key, List<Entry>> stored, Verdict verdict) {
    Map<Lane, Entry> last = new HashMap<>();
    for (Event.Send send : history.all(Event.Send.class)) {
      Post.Key key = new Post.Key(send.room(), history.user(), send.cid());
      List<Entry> entries = stored.getOrDefault(key, List.of());
      boolean once =
          ledger.post(send.room(), history.user(), send.cid()).stream()
              .allMatch(post -> post.sends().size() == 1);
      if (once && entries.size() == 1) {
        Entry entry = entries.get(0);
        Entry earlier = last.put(new Lane(send.room(), send.connection()), entry);
        if (earlier != null && earlier.seq() > entry.seq()) {
          verdict.broken(
              Kind.OVERTAKEN,
              send.room(),
              entry.seq(),
              entry.cid(),
              "passed %s, which was sent before it over the same connection and stands at %d",
              earlier.cid(),
              earlier.seq());
        }
      }
    }
  }
}
