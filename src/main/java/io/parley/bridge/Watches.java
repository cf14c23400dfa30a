package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Pages;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.presence.PresenceApi;
import io.parley.presence.PresenceApi.Look;
import io.parley.presence.PresenceApi.Looked;
import io.parley.presence.PresenceApi.Seen;
import io.parley.presence.PresenceApi.Shown;
import io.parley.presence.PresenceApi.Sight;
import io.parley.presence.State;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Whom the sockets of this node watch. Presence says of whom something has changed, and this node
 * looks again for whoever watches them, many pairs in one question; now and then it looks at
 * everybody, which finds what time changes and what was lost. From any thread.
 */
final class Watches {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration WHOLE = Duration.ofSeconds(15);
  private static final Duration RARELY = Duration.ofMinutes(1);

  /** For so long without an answer what was told last is true enough. */
  private static final Duration BLIND = Duration.ofSeconds(5);

  private final Bus bus;
  private final Overload overload;
  private final LongSupplier nanos;
  private final Map<Watcher, Watch> watches = new LinkedHashMap<>();
  private final Map<UserId, Set<Watch>> watching = new HashMap<>();
  private boolean looking;
  private boolean blind;
  private boolean failing;
  private long failingSince;

  /** A socket that watches. */
  interface Watcher {
    UserId user();

    /** Sends a message that may get lost, from any thread. */
    void tell(JsonNode message);
  }

  /** What one watch is looked at for. */
  private record Task(Watch watch, List<UserId> people) {}

  Watches(Bus bus, Overload overload, LongSupplier nanos) {
    this.bus = bus;
    this.overload = overload;
    this.nanos = nanos;
  }

  /** Whether looking has to be rare. */
  boolean rare() {
    return overload.at(Overload.Step.RARE_PRESENCE);
  }

  /** Somebody of whom nothing is told. */
  static Seen nobody(UserId user) {
    return new Seen(user, State.OFFLINE, Optional.empty(), Optional.empty());
  }

  /**
   * Watches these people and nobody else from now on. Answers how they are; that it is not known
   * when it is not, and then it is told as soon as it is.
   */
  Future<JsonNode> watch(Watcher watcher, Collection<UserId> people) {
    Watch watch;
    synchronized (this) {
      Watch before = watches.get(watcher);
      leave(watcher);
      long version = before == null ? 0 : before.version();
      watch = new Watch(watcher, people, version + 1, nanos.getAsLong());
      watches.put(watcher, watch);
      for (UserId person : watch.people()) {
        watching.computeIfAbsent(person, first -> new HashSet<>(2)).add(watch);
      }
    }
    List<UserId> asked = List.copyOf(watch.people());
    Future<Looked> looked =
        asked.isEmpty()
            ? Future.succeededFuture(new Looked(List.of(new Shown(List.of()))))
            : bus.ask(
                PresenceApi.LOOK, new Look(List.of(new Sight(watcher.user(), asked))), PATIENCE);
    return looked
        .map(answer -> begin(watch, true, answer.shown().get(0).people()))
        .recover(cause -> Future.succeededFuture(begin(watch, false, List.of())));
  }

  private synchronized JsonNode begin(Watch watch, boolean known, List<Seen> seen) {
    return watch.begin(known, seen);
  }

  /** Watches nobody any more. */
  synchronized void leave(Watcher watcher) {
    Watch watch = watches.remove(watcher);
    if (watch == null) {
      return;
    }
    for (UserId person : watch.people()) {
      Set<Watch> those = watching.get(person);
      if (those != null && those.remove(watch) && those.isEmpty()) {
        watching.remove(person);
      }
    }
  }

  /** Something has changed about people. */
  synchronized void changed(Collection<UserId> people) {
    for (UserId person : people) {
      watching.getOrDefault(person, Set.of()).forEach(watch -> watch.changed(person));
    }
  }

  /** Somebody may be seen by others than before, and may see others than before. */
  synchronized void audience(UserId user) {
    changed(List.of(user));
    for (Watch watch : watches.values()) {
      if (watch.watcher().user().equals(user)) {
        watch.people().forEach(watch::changed);
      }
    }
  }

  /** Looks at whoever is due, while nothing is under way. Never fails. */
  Future<Void> look() {
    List<List<Task>> pages;
    synchronized (this) {
      if (looking) {
        return Future.succeededFuture();
      }
      pages = due();
      looking = !pages.isEmpty();
    }
    return pages.isEmpty()
        ? Future.succeededFuture()
        : Pages.through(0, at -> look(pages, at))
            .onComplete(outcome -> looked(outcome.succeeded()))
            .otherwiseEmpty();
  }

  private List<List<Task>> due() {
    long now = nanos.getAsLong();
    long every = (rare() ? RARELY : WHOLE).toNanos();
    List<List<Task>> pages = new ArrayList<>();
    List<Task> page = new ArrayList<>();
    int size = 0;
    for (Watch watch : watches.values()) {
      List<UserId> people = watch.due(now, every);
      if (people.isEmpty()) {
        continue;
      }
      if (size + people.size() > PresenceApi.MOST) {
        pages.add(page);
        page = new ArrayList<>();
        size = 0;
      }
      page.add(new Task(watch, people));
      size += people.size();
    }
    if (!page.isEmpty()) {
      pages.add(page);
    }
    return pages;
  }

  private Future<Optional<Integer>> look(List<List<Task>> pages, int at) {
    List<Task> page = pages.get(at);
    Look question =
        new Look(
            page.stream()
                .map(task -> new Sight(task.watch().watcher().user(), task.people()))
                .toList());
    return bus.ask(PresenceApi.LOOK, question, PATIENCE)
        .map(Watches.whole(page.size()))
        .onSuccess(answer -> tell(page, answer))
        .onFailure(cause -> failed(pages.subList(at, pages.size())))
        .map(answer -> at + 1 < pages.size() ? Optional.of(at + 1) : Optional.empty());
  }

  private static Function<Looked, Looked> whole(int size) {
    return answer -> {
      if (answer.shown().size() != size) {
        throw Failure.of(Reason.INTERNAL, "presence has not answered all that was asked");
      }
      return answer;
    };
  }

  private synchronized void tell(List<Task> page, Looked answer) {
    for (int i = 0; i < page.size(); i++) {
      Watch watch = page.get(i).watch();
      List<Seen> news = watch.news(page.get(i).people(), answer.shown().get(i).people());
      if (!news.isEmpty() && watches.get(watch.watcher()) == watch) {
        watch.watcher().tell(watch.message(true, news));
      }
    }
  }

  private synchronized void failed(List<List<Task>> pages) {
    pages.forEach(page -> page.forEach(task -> task.watch().failed(task.people())));
  }

  /** Who is told that nothing is known shows nothing. */
  private synchronized void looked(boolean well) {
    looking = false;
    long now = nanos.getAsLong();
    if (well || !failing) {
      failing = !well;
      failingSince = now;
      blind = false;
    } else if (!blind && now - failingSince > BLIND.toNanos()) {
      blind = true;
      for (Watch watch : watches.values()) {
        if (watch.forget()) {
          watch.watcher().tell(watch.message(false, List.of()));
        }
      }
    }
  }
}
