package io.parley.bridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import io.parley.presence.PresenceApi.Seen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whom one socket watches, and what it was told of them. Guarded by {@link Watches}. */
final class Watch {
  private final Watches.Watcher watcher;
  private final Set<UserId> people;
  private final Map<UserId, Seen> told = new HashMap<>();
  private final Set<UserId> due = new LinkedHashSet<>();
  private final Set<UserId> again = new HashSet<>();
  private long version;
  private boolean known;
  private boolean answered;
  private long wholeAt;

  /**
   * @param version what the last message of the socket said
   */
  Watch(Watches.Watcher watcher, Collection<UserId> people, long version, long now) {
    this.watcher = watcher;
    this.people = new LinkedHashSet<>(people);
    this.version = version;
    this.wholeAt = now;
  }

  Watches.Watcher watcher() {
    return watcher;
  }

  Set<UserId> people() {
    return people;
  }

  long version() {
    return version;
  }

  void changed(UserId person) {
    due.add(person);
  }

  /** Whom to look at now; everybody when that was long ago. */
  List<UserId> due(long now, long every) {
    if (!answered) {
      return List.of();
    }
    if (now - wholeAt >= every) {
      wholeAt = now;
      due.addAll(people);
      due.addAll(again);
    }
    List<UserId> taken = List.copyOf(due);
    due.clear();
    return taken;
  }

  /** They could not be looked at. */
  void failed(List<UserId> asked) {
    due.addAll(asked);
  }

  /** The answer to the question that began it. */
  ObjectNode begin(boolean known, List<Seen> seen) {
    answered = true;
    this.known = known;
    seen.forEach(each -> told.put(each.user(), each));
    if (!known) {
      due.addAll(people);
    }
    return body(known, seen);
  }

  /**
   * What is new of those who were looked at. Of whom something was told, it is told once more when
   * everybody is looked at, for a message may have been lost. Nothing when there is nothing to say.
   */
  List<Seen> news(List<UserId> asked, List<Seen> seen) {
    Map<UserId, Seen> found = new HashMap<>();
    seen.forEach(each -> found.put(each.user(), each));
    boolean whole = asked.containsAll(people);
    List<Seen> news = new ArrayList<>();
    for (UserId person : asked) {
      Seen now = found.getOrDefault(person, Watches.nobody(person));
      Seen before = told.getOrDefault(person, Watches.nobody(person));
      boolean changed = !now.equals(before);
      if (changed || !known || (whole && again.contains(person))) {
        news.add(now);
      }
      if (whole) {
        again.remove(person);
      }
      if (changed) {
        again.add(person);
      }
      told.put(person, now);
    }
    known = true;
    return news;
  }

  /** Whether it was known so far. */
  boolean forget() {
    boolean before = known;
    known = false;
    due.addAll(people);
    return before && answered;
  }

  /** A message with the next version. */
  ObjectNode message(boolean known, List<Seen> seen) {
    version++;
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("kind", "presence").put("user", watcher.user().toString());
    message.set("body", body(known, seen));
    return message;
  }

  private ObjectNode body(boolean known, List<Seen> seen) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("version", version).put("known", known);
    ArrayNode people = body.putArray("people");
    seen.forEach(each -> people.add(Json.mapper().<ObjectNode>valueToTree(each)));
    return body;
  }
}
