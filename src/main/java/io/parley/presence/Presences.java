package io.parley.presence;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.config.PresenceConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.presence.ChoiceStore.View;
import io.parley.presence.PresenceApi.Changed;
import io.parley.presence.PresenceApi.Choose;
import io.parley.presence.PresenceApi.Look;
import io.parley.presence.PresenceApi.LookOpenly;
import io.parley.presence.PresenceApi.Looked;
import io.parley.presence.PresenceApi.Own;
import io.parley.presence.PresenceApi.Renew;
import io.parley.presence.PresenceApi.Renewed;
import io.parley.presence.PresenceApi.Seen;
import io.parley.presence.PresenceApi.Shown;
import io.parley.presence.PresenceApi.Sight;
import io.parley.presence.PresenceStore.Known;
import io.parley.presence.PresenceStore.Times;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is here, asked and answered. */
public final class Presences {
  private static final Logger LOG = LoggerFactory.getLogger(Presences.class);

  private final PresenceStore leases;
  private final ChoiceStore choices;
  private final Bus bus;
  private final Supplier<Set<String>> nodes;
  private final Clock clock;
  private final Times times;

  /**
   * @param nodes those that are in the cluster
   */
  public Presences(
      PresenceStore leases,
      ChoiceStore choices,
      Bus bus,
      Supplier<Set<String>> nodes,
      Clock clock,
      PresenceConfig config) {
    this.leases = leases;
    this.choices = choices;
    this.bus = bus;
    this.nodes = nodes;
    this.clock = clock;
    this.times = new Times(config.lease(), config.grace());
  }

  /** Answers {@link PresenceApi#RENEW}. */
  public Future<Renewed> renew(Renew request) {
    refuseMoreThan(request.here().size() + request.gone().size());
    return leases
        .renew(request.node(), request.here(), request.gone(), times)
        .onSuccess(told -> announce(List.copyOf(told.changed())))
        .map(told -> new Renewed(told.since()));
  }

  /** Answers {@link PresenceApi#CHOOSE}. */
  public Future<Own> choose(Choose request) {
    Choose change =
        new Choose(
            request.user(),
            request.choice(),
            request.status().map(status -> status.checked(clock.instant())));
    return choices
        .choose(change, clock.instant().minus(times.grace()))
        .map(own -> own.orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such account")))
        .map(own -> new Own(own.state(), own.status().filter(each -> each.stands(clock.instant()))))
        .onSuccess(own -> announce(List.of(request.user())));
  }

  /** Answers {@link PresenceApi#OWN}. */
  public Future<Own> own(PresenceApi.Mine request) {
    return choices
        .own(request.user())
        .map(own -> own.orElseGet(() -> new Own(Choice.ONLINE, Optional.empty())));
  }

  /** Answers {@link PresenceApi#LOOK}. */
  public Future<Looked> look(Look request) {
    refuseMoreThan(request.sights().stream().mapToInt(sight -> sight.people().size()).sum());
    Set<UserId> people = new HashSet<>();
    request.sights().forEach(sight -> people.addAll(sight.people()));
    return judged(
        people,
        choices.views(request.sights()),
        (views, rules) -> answer(request.sights(), views, rules));
  }

  /** Answers {@link PresenceApi#LOOK_OPENLY}. */
  public Future<Shown> lookOpenly(LookOpenly request) {
    refuseMoreThan(request.people().size());
    return judged(
        Set.copyOf(request.people()),
        choices.openly(request.people()),
        (views, rules) -> new Shown(views.stream().map(rules::seen).toList()));
  }

  private <T> Future<T> judged(
      Set<UserId> people, Future<List<View>> views, BiFunction<List<View>, Presence, T> judge) {
    Future<Known> known = leases.read(people).map(Presences::orUnknown);
    return Future.all(known, views)
        .map(
            both -> {
              Set<String> present = nodes.get();
              note(known.result(), present);
              return judge.apply(
                  views.result(),
                  new Presence(known.result(), present, times.grace(), clock.instant()));
            });
  }

  private static Known orUnknown(Known known) {
    if (!Presence.gathered(known)) {
      throw Failure.of(Reason.UNAVAILABLE, "it is not known yet who is here");
    }
    return known;
  }

  /** The first who sees that a node has left starts the time that its people have. */
  private void note(Known known, Set<String> present) {
    Set<String> gone =
        known.held().values().stream()
            .flatMap(List::stream)
            .map(PresenceStore.Held::node)
            .filter(node -> !present.contains(node) && !known.left().containsKey(node))
            .collect(Collectors.toSet());
    if (!gone.isEmpty()) {
      leases
          .left(gone)
          .onFailure(cause -> LOG.debug("nobody notes who has left: {}", cause.toString()));
    }
  }

  private static Looked answer(List<Sight> sights, List<View> views, Presence rules) {
    Map<UserId, Map<UserId, View>> found = new HashMap<>();
    for (View view : views) {
      found.computeIfAbsent(view.viewer(), first -> new HashMap<>()).put(view.person(), view);
    }
    List<Shown> shown = new ArrayList<>(sights.size());
    for (Sight sight : sights) {
      Map<UserId, View> own = found.getOrDefault(sight.viewer(), Map.of());
      List<Seen> people = new ArrayList<>(sight.people().size());
      for (UserId person : sight.people()) {
        View view = own.get(person);
        if (view != null) {
          people.add(rules.seen(view));
        }
      }
      shown.add(new Shown(people));
    }
    return new Looked(shown);
  }

  /** Tells all nodes of whom something may be other than before. */
  void announce(List<UserId> changed) {
    if (!changed.isEmpty()) {
      bus.announce(PresenceApi.CHANGED, new Changed(changed));
    }
  }

  private static void refuseMoreThan(int many) {
    if (many > PresenceApi.MOST) {
      throw Failure.of(Reason.TOO_LARGE, "at most " + PresenceApi.MOST + " at once")
          .with("limit", PresenceApi.MOST);
    }
  }
}
