package io.parley.events;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Pages;
import io.parley.presence.PresenceApi;
import io.parley.presence.PresenceApi.Seen;
import io.parley.presence.State;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notices who comes and who goes, as anybody may see it. Presence says of whom something has
 * changed; who was here is looked at now and then as well, since going shows with time only. Best
 * effort: of more than so many the longest known are forgotten.
 */
final class Attendance {
  private static final int MAX_KNOWN = 20_000;
  private static final int MAX_STIRRED = 5_000;
  private static final int AT_ONCE = 500;

  private final Bus bus;
  private final Passing passing;
  private final Lately<UserId, Boolean> online = new Lately<>(MAX_KNOWN);
  private final Set<UserId> stirred = new LinkedHashSet<>();

  Attendance(Bus bus, Passing passing) {
    this.bus = bus;
    this.passing = passing;
  }

  /** {@link PresenceApi#CHANGED}. */
  void changed(PresenceApi.Changed news) {
    news.users().stream().limit(Math.max(0, MAX_STIRRED - stirred.size())).forEach(stirred::add);
  }

  /**
   * Looks at those of whom something has changed. Never fails.
   *
   * @param mine whether it is for this node to tell; otherwise nothing is remembered
   */
  Future<Void> look(boolean mine) {
    List<UserId> some = List.copyOf(stirred);
    stirred.clear();
    if (!mine) {
      online.clear();
      return Future.succeededFuture();
    }
    return look(some);
  }

  /** Looks at everybody who was here. Never fails. */
  Future<Void> lookAgain() {
    return look(List.copyOf(online.keySet()));
  }

  private Future<Void> look(List<UserId> people) {
    List<List<UserId>> pages = new ArrayList<>();
    for (int from = 0; from < people.size(); from += AT_ONCE) {
      pages.add(people.subList(from, Math.min(people.size(), from + AT_ONCE)));
    }
    return Pages.each(pages, this::page).otherwiseEmpty();
  }

  private Future<Void> page(List<UserId> people) {
    return bus.ask(PresenceApi.LOOK_OPENLY, new PresenceApi.LookOpenly(List.copyOf(people)))
        .onSuccess(shown -> compare(people, shown.people()))
        .mapEmpty();
  }

  /** Who cannot be looked up is gone. */
  private void compare(List<UserId> people, List<Seen> shown) {
    Map<UserId, Boolean> here = new HashMap<>();
    shown.forEach(seen -> here.put(seen.user(), seen.state() != State.OFFLINE));
    for (UserId user : people) {
      boolean now = here.getOrDefault(user, false);
      boolean before = online.containsKey(user);
      if (now && !before) {
        online.put(user, true);
        passing.seen(user, true);
      } else if (!now && before) {
        online.remove(user);
        passing.seen(user, false);
      }
    }
  }
}
