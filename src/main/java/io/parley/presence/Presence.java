package io.parley.presence;

import io.parley.presence.ChoiceStore.View;
import io.parley.presence.PresenceApi.Seen;
import io.parley.presence.PresenceStore.Held;
import io.parley.presence.PresenceStore.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of who is here, and of how that is told to others. */
final class Presence {
  /** In which nodes tell anew of everybody after Redis has forgotten. */
  static final Duration GATHERING = Duration.ofSeconds(5);

  private final Known known;
  private final Set<String> nodes;
  private final Duration grace;
  private final Instant now;

  /**
   * @param nodes those that are in the cluster
   * @param now the time of day
   */
  Presence(Known known, Set<String> nodes, Duration grace, Instant now) {
    this.known = known;
    this.nodes = nodes;
    this.grace = grace;
    this.now = now;
  }

  /** Whether it can be told at all who is not here. */
  static boolean gathered(Known known) {
    return known.since() > 0 && known.now() - known.since() >= GATHERING.toMillis();
  }

  /**
   * What leases say: whoever has a device in use is online, whoever has others only is away. When
   * none is left, it goes on to be as it was for a while, in which people come back on another
   * connection or another node.
   */
  State devices(List<Held> leases) {
    List<Held> lasting = leases.stream().filter(this::lasts).toList();
    List<Held> living = lasting.stream().filter(this::lives).toList();
    List<Held> counted = living.isEmpty() ? lasting : living;
    if (counted.isEmpty()) {
      return State.OFFLINE;
    }
    return counted.stream().allMatch(Held::idle) ? State.AWAY : State.ONLINE;
  }

  private boolean lives(Held lease) {
    return !lease.gone() && nodes.contains(lease.node());
  }

  /** Nodes that left count from when somebody first noticed. */
  private boolean lasts(Held lease) {
    if (lease.until() <= known.now()) {
      return false;
    }
    Long left = nodes.contains(lease.node()) ? null : known.left().get(lease.node());
    return left == null || known.now() - left < grace.toMillis();
  }

  /** A person as the viewer may see them. */
  Seen seen(View view) {
    State devices = devices(known.held().getOrDefault(view.person(), List.of()));
    boolean own = view.viewer().equals(view.person());
    State state = own ? own(view.choice(), devices) : others(view, devices);
    return new Seen(
        view.person(),
        state,
        state == State.OFFLINE && view.open() ? view.lastSeen() : Optional.empty(),
        view.status().filter(status -> status.stands(now)));
  }

  private static State own(Choice choice, State devices) {
    return switch (choice) {
      case INVISIBLE -> State.INVISIBLE;
      case DND -> State.DND;
      case ONLINE -> devices;
    };
  }

  private static State others(View view, State devices) {
    if (!view.open() || view.choice() == Choice.INVISIBLE || devices == State.OFFLINE) {
      return State.OFFLINE;
    }
    return view.choice() == Choice.DND ? State.DND : devices;
  }
}
