package io.parley.cli.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All posts of all clients, and when a place in a room was first known to somebody. */
final class Ledger {
  private final Map<Post.Key, Post> posts = new LinkedHashMap<>();
  private final Map<String, Knowledge> known = new LinkedHashMap<>();

  private Ledger() {}

  static Ledger of(Collection<History> histories) {
    Ledger ledger = new Ledger();
    Map<String, List<Knowledge.Learnt>> learnt = new LinkedHashMap<>();
    for (History history : histories) {
      for (Event event : history.events()) {
        ledger.enter(history.user(), event);
        learn(learnt, event);
      }
    }
    learnt.forEach((room, all) -> ledger.known.put(room, new Knowledge(all)));
    return ledger;
  }

  Collection<Post> posts() {
    return posts.values();
  }

  Optional<Post> post(String room, String author, String cid) {
    return Optional.ofNullable(posts.get(new Post.Key(room, author, cid)));
  }

  /** What was known of a room, and when. */
  Knowledge known(String room) {
    return known.getOrDefault(room, Knowledge.NONE);
  }

  private void enter(String user, Event event) {
    if (event instanceof Event.Send send) {
      post(send.room(), user, send.cid(), event);
    } else if (event instanceof Event.Acked acked) {
      post(acked.room(), user, acked.cid(), event);
    } else if (event instanceof Event.Unknown unknown) {
      post(unknown.room(), user, unknown.cid(), event);
    } else if (event instanceof Event.Refused refused) {
      post(refused.room(), user, refused.cid(), event);
    }
  }

  private void post(String room, String user, String cid, Event event) {
    posts.computeIfAbsent(new Post.Key(room, user, cid), Post::new).add(event);
  }

  private static void learn(Map<String, List<Knowledge.Learnt>> learnt, Event event) {
    if (event instanceof Event.Acked acked) {
      learn(learnt, acked.room(), acked.at(), acked.seq());
    } else if (event instanceof Event.Received received) {
      learn(learnt, received.room(), received.at(), received.entry().seq());
    } else if (event instanceof Event.Shown shown) {
      shown.entries().forEach(entry -> learn(learnt, shown.room(), shown.at(), entry.seq()));
    }
  }

  private static void learn(
      Map<String, List<Knowledge.Learnt>> learnt, String room, long at, long seq) {
    learnt.computeIfAbsent(room, unknown -> new ArrayList<>()).add(new Knowledge.Learnt(at, seq));
  }
}
