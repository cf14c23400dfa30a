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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private Optional<Long> since = Optional.empty();

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

  /**
   * What was said before anybody could follow has its followers as well, who have read it. Only
   * what is said since, or edited or deleted, is told.
   */
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
        : since()
            .map(from -> news(entries, from))
            .compose(news -> noted(said, news))
            .compose(notes::stirred);
  }

  private Future<Long> since() {
    return since
        .map(Future::succeededFuture)
        .orElseGet(() -> store.since().onSuccess(from -> since = Optional.of(from)));
  }

  /** What was said, edited or deleted since threads can be followed. */
  private static Set<Place> news(List<Shown> entries, long since) {
    return entries.stream()
        .map(Shown::entry)
        .filter(entry -> entry.at() >= since)
        .flatMap(
            entry ->
                Stream.concat(
                        Stream.of(entry.seq()),
                        entry.target().filter(target -> !isReply(entry)).stream())
                    .map(seq -> new Place(entry.log(), seq)))
        .collect(Collectors.toSet());
  }

  private static boolean inThread(Shown shown) {
    return isReply(shown.entry());
  }

  private static boolean isReply(Entry entry) {
    return Mutation.of(entry).filter(Mutation.REPLY::equals).isPresent();
  }

  private static Place place(Shown shown) {
    return new Place(shown.entry().log(), shown.entry().seq());
  }

  private static Shown newer(Shown one, Shown other) {
    return one.state().rev() > other.state().rev() ? one : other;
  }

  /** Of what is old it is only asked how its thread ends. */
  private static Strand strand(Shown shown, Set<Place> news) {
    Entry entry = shown.entry();
    long after = news.contains(place(shown)) ? entry.seq() : Long.MAX_VALUE - 1;
    return new Strand(entry.log(), entry.target().orElseThrow(), entry.author(), after);
  }

  /**
   * @return the threads in which something is new
   */
  private Future<List<ThreadId>> noted(List<Shown> said, Set<Place> news) {
    List<Strand> strands = said.stream().map(each -> strand(each, news)).toList();
    return bus.ask(ThreadsApi.WEIGH, new Weigh(strands, true))
        .compose(found -> noted(said, news, found.weights()));
  }

  private Future<List<ThreadId>> noted(List<Shown> said, Set<Place> news, List<Weight> weights) {
    Map<ThreadId, Activity> threads = new LinkedHashMap<>();
    Set<ThreadId> stirred = new LinkedHashSet<>();
    List<Cause> causes = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Entry entry = said.get(i).entry();
      Weight weight = weights.get(i);
      ThreadId thread = new ThreadId(new RoomId(entry.log().id()), entry.target().orElseThrow());
      if (weight.stands()) {
        boolean fresh = news.contains(place(said.get(i)));
        threads.put(thread, new Activity(thread, weight.last(), weight.at()));
        causes.addAll(causes(thread, said.get(i), weight, fresh));
        if (fresh) {
          stirred.add(thread);
        }
      }
    }
    return store.take(List.copyOf(threads.values()), causes).map(taken -> List.copyOf(stirred));
  }

  /** To all but its author the message is unread; nothing is in a thread that is old. */
  private static List<Cause> causes(ThreadId thread, Shown shown, Weight weight, boolean fresh) {
    Entry entry = shown.entry();
    UserId author = entry.author();
    Marker upTo = new Marker(fresh ? entry.seq() : weight.last(), weight.n());
    Marker before = fresh ? new Marker(entry.seq() - 1, Math.max(0, weight.n() - 1)) : upTo;
    List<Cause> causes = new ArrayList<>();
    causes.add(new Cause(thread, author, entry.seq(), entry.at(), true, upTo));
    Stream.concat(Stream.of(weight.author()), Mentions.of(shown).users().stream())
        .filter(user -> !user.equals(author))
        .distinct()
        .forEach(
            user -> causes.add(new Cause(thread, user, entry.seq(), entry.at(), false, before)));
    return causes;
  }
}
