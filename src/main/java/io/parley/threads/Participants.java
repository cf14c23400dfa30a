package io.parley.threads;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.log.Entry;
import io.parley.log.Follower;
import io.parley.log.LogApi.Place;
import io.parley.log.LogId;
import io.parley.log.Mentions;
import io.parley.log.Mutation;
import io.parley.log.Shown;
import io.parley.log.ThreadsApi;
import io.parley.log.ThreadsApi.Strand;
import io.parley.log.ThreadsApi.Weigh;
import io.parley.log.ThreadsApi.Weight;
import io.parley.rooms.RoomId;
import io.parley.threads.FollowStore.Activity;
import io.parley.threads.FollowStore.Cause;
import io.parley.threads.FollowStore.Marker;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes those follow a thread who take part in it: who began it, who writes there, and whom its
 * messages mention. Mentioning everybody makes nobody follow: it calls those who do. Whoever
 * follows is told that there is something new.
 */
public final class Participants implements Follower {
  private final FollowStore store;
  private final Bus bus;
  private final ThreadNotes notes;

  /** Followers over a store; those who follow are told over the logs. */
  public Participants(FollowStore store, Bus bus, ThreadNotes notes) {
    this.store = store;
    this.bus = bus;
    this.notes = notes;
  }

  @Override
  public String name() {
    return "threads";
  }

  /** What was said before anybody could follow has its followers as well. */
  @Override
  public boolean fromTheStart() {
    return true;
  }

  @Override
  public boolean threadsOnly() {
    return true;
  }

  @Override
  public boolean follows(LogId log) {
    return log.scope() == LogId.Scope.ROOM;
  }

  @Override
  public Future<Void> take(List<Shown> entries, List<Shown> changed) {
    List<Shown> said =
        List.copyOf(
            Stream.concat(entries.stream(), changed.stream())
                .filter(Participants::inThread)
                .collect(
                    Collectors.toMap(
                        Participants::place,
                        Function.identity(),
                        Participants::newer,
                        LinkedHashMap::new))
                .values());
    return said.isEmpty()
        ? Future.succeededFuture()
        : bus.ask(
                ThreadsApi.WEIGH, new Weigh(said.stream().map(Participants::strand).toList(), true))
            .compose(found -> noted(said, found.weights()))
            .compose(notes::stirred);
  }

  private static boolean inThread(Shown shown) {
    Entry entry = shown.entry();
    return Mutation.of(entry).filter(Mutation.REPLY::equals).isPresent();
  }

  private static Place place(Shown shown) {
    return new Place(shown.entry().log(), shown.entry().seq());
  }

  private static Shown newer(Shown one, Shown other) {
    return one.state().rev() > other.state().rev() ? one : other;
  }

  private static Strand strand(Shown shown) {
    Entry entry = shown.entry();
    return new Strand(entry.log(), entry.target().orElseThrow(), entry.author(), entry.seq());
  }

  private Future<List<ThreadId>> noted(List<Shown> said, List<Weight> weights) {
    Map<ThreadId, Activity> threads = new LinkedHashMap<>();
    List<Cause> causes = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Entry entry = said.get(i).entry();
      Weight weight = weights.get(i);
      ThreadId thread = new ThreadId(new RoomId(entry.log().id()), entry.target().orElseThrow());
      if (weight.stands()) {
        threads.put(thread, new Activity(thread, weight.last(), weight.at()));
        causes.addAll(causes(thread, said.get(i), weight));
      }
    }
    return store
        .take(List.copyOf(threads.values()), causes)
        .map(taken -> List.copyOf(threads.keySet()));
  }

  /** To all but its author the message is unread. */
  private static List<Cause> causes(ThreadId thread, Shown shown, Weight weight) {
    Entry entry = shown.entry();
    UserId author = entry.author();
    Marker upTo = new Marker(entry.seq(), weight.n());
    Marker before = new Marker(entry.seq() - 1, Math.max(0, weight.n() - 1));
    List<Cause> causes = new ArrayList<>();
    causes.add(new Cause(thread, author, entry.seq(), true, upTo));
    Stream.concat(Stream.of(weight.author()), Mentions.of(shown).users().stream())
        .filter(user -> !user.equals(author))
        .distinct()
        .forEach(user -> causes.add(new Cause(thread, user, entry.seq(), false, before)));
    return causes;
  }
}
