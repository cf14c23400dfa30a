package io.parley.cli.history;

import static java.util.stream.Collectors.toList;

import io.parley.cli.history.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every answer to a post, held against the store. */
final class PostCheck {
  private PostCheck() {}

  static void judge(Ledger ledger, Map<String, RoomLog> logs, Verdict verdict) {
    Map<Post.Key, List<Entry>> stored = stored(logs);
    for (Post post : ledger.posts()) {
      RoomLog log = Checker.log(logs, post.key().room());
      List<Entry> entries = stored.getOrDefault(post.key(), List.of());
      post.acks().forEach(acked -> acknowledged(acked, entries, verdict));
      post.refused().ifPresent(refused -> refused(post, refused, log, entries, verdict));
    }
    ledger.posts().stream()
        .filter(Post::unanswered)
        .collect(Collectors.groupingBy(post -> post.key().room(), TreeMap::new, toList()))
        .forEach((room, posts) -> unanswered(room, posts, verdict));
  }

  /** What is stored under each key: one entry, if all is well. */
  static Map<Post.Key, List<Entry>> stored(Map<String, RoomLog> logs) {
    Map<Post.Key, List<Entry>> all = new HashMap<>();
    for (RoomLog log : logs.values()) {
      all.putAll(
          log.entries().stream()
              .filter(Entry::isMessage)
              .collect(
                  Collectors.groupingBy(
                      entry -> new Post.Key(log.room(), entry.author(), entry.cid()))));
    }
    return all;
  }

  private static void acknowledged(Event.Acked acked, List<Entry> entries, Verdict verdict) {
    if (entries.isEmpty()) {
      broken(Kind.LOST, acked, verdict, "was acknowledged, but is not in the store");
      return;
    }
    if (entries.stream().noneMatch(entry -> entry.seq() == acked.seq())) {
      String sentence = "was acknowledged at %d, but is stored at %d";
      broken(Kind.MOVED, acked, verdict, sentence, acked.seq(), entries.get(0).seq());
    } else if (entries.stream().noneMatch(entry -> entry.n() == acked.n())) {
      String sentence = "was acknowledged with n %d, but is stored with %d";
      broken(Kind.MISCOUNTED, acked, verdict, sentence, acked.n(), entries.get(0).n());
    }
  }

  /**
   * A refusal is the last word, with one exception: an earlier attempt of unknown outcome that was
   * still under way when its author, refused for having gone, came back.
   */
  private static void refused(
      Post post, Event.Refused refused, RoomLog log, List<Entry> entries, Verdict verdict) {
    for (Entry entry : entries) {
      boolean late =
          post.uncertain() && log.membership().cameBackBefore(post.key().author(), entry.seq());
      if (!late) {
        verdict.broken(
            Kind.REFUSED_STORED, log, entry, "was refused (%s), but is stored", refused.reason());
      }
    }
  }

  /** A room that is stuck is one broken promise, however many wait for it. */
  private static void unanswered(String room, List<Post> posts, Verdict verdict) {
    Post first = posts.get(0);
    verdict.broken(
        Kind.UNANSWERED,
        room,
        0,
        first.key().cid(),
        "%d posts were never answered, this one first: %s",
        posts.size(),
        first.lastWord());
  }

  private static void broken(
      Kind kind, Event.Acked acked, Verdict verdict, String sentence, Object... values) {
    verdict.broken(kind, acked.room(), acked.seq(), acked.cid(), sentence, values);
  }
}
