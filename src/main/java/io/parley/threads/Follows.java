package io.parley.threads;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Pages;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogApi.Encoded;
import io.parley.log.LogApi.Place;
import io.parley.log.Standing;
import io.parley.log.ThreadsApi;
import io.parley.log.ThreadsApi.Strand;
import io.parley.log.ThreadsApi.Unfolded;
import io.parley.log.ThreadsApi.Weigh;
import io.parley.log.ThreadsApi.Weight;
import io.parley.rooms.ReadersApi.Explained;
import io.parley.rooms.RoomsApi;
import io.parley.threads.FollowStore.Activity;
import io.parley.threads.FollowStore.Following;
import io.parley.threads.FollowStore.Listed;
import io.parley.threads.FollowStore.Marker;
import io.parley.threads.FollowsApi.Followed;
import io.parley.threads.FollowsApi.FollowedPage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The rules of following threads, and of reading them. */
final class Follows {
  private final FollowStore store;
  private final Bus bus;
  private final ThreadNotes notes;

  Follows(FollowStore store, Bus bus, ThreadNotes notes) {
    this.store = store;
    this.bus = bus;
    this.notes = notes;
  }

  /** {@link FollowsApi#FOLLOW}. */
  Future<Followed> follow(FollowsApi.Follow asked) {
    ThreadId thread = asked.thread();
    return weigh(asked.user(), thread, Long.MAX_VALUE - 1)
        .compose(
            weight ->
                store.follow(
                    new Activity(thread, weight.last(), weight.at()), asked.user(), newest(weight)))
        .compose(gone -> Pages.each(gone, each -> letGo(asked.user(), each)))
        .compose(done -> told(asked.user(), thread));
  }

  /** Another had to go; whoever is not told of it finds it later. */
  private Future<Void> letGo(UserId user, ThreadId thread) {
    return told(user, thread).<Void>mapEmpty().otherwiseEmpty();
  }

  /** {@link FollowsApi#UNFOLLOW}. */
  Future<Followed> unfollow(FollowsApi.Unfollow asked) {
    return weigh(asked.user(), asked.thread(), Long.MAX_VALUE - 1)
        .compose(weight -> store.unfollow(asked.thread(), asked.user(), newest(weight)))
        .compose(done -> told(asked.user(), asked.thread()));
  }

  /** {@link FollowsApi#READ}. Between the first message and the newest, and never back. */
  Future<Followed> read(FollowsApi.Read asked) {
    long from = Math.max(asked.thread().root(), asked.seq());
    return weigh(asked.user(), asked.thread(), from)
        .map(weight -> from >= weight.last() ? newest(weight) : new Marker(from, weight.n()))
        .compose(to -> store.advance(asked.thread(), asked.user(), to))
        .compose(
            moved ->
                moved ? told(asked.user(), asked.thread()) : view(asked.user(), asked.thread()));
  }

  /** {@link FollowsApi#LOOK}. */
  Future<Followed> look(FollowsApi.Look asked) {
    return reader(asked.user(), asked.thread()).compose(may -> view(asked.user(), asked.thread()));
  }

  /** A thread of somebody who may read it, as it stands after a place. Fails NOT_FOUND. */
  private Future<Weight> weigh(UserId user, ThreadId thread, long after) {
    return reader(user, thread)
        .compose(
            may ->
                bus.ask(
                    ThreadsApi.WEIGH,
                    new Weigh(
                        List.of(new Strand(thread.room().log(), thread.root(), user, after)),
                        true)))
        .map(found -> found.weights().get(0))
        .map(Follows::standing);
  }

  private static Weight standing(Weight weight) {
    if (!weight.stands()) {
      throw missing();
    }
    return weight;
  }

  private static Failure missing() {
    return Failure.of(Reason.NOT_FOUND, "there is no such message");
  }

  private static Marker newest(Weight weight) {
    return new Marker(weight.last(), weight.replies());
  }

  /** What somebody may do who may read this message. Fails NOT_FOUND, NOT_MEMBER, BANNED. */
  private Future<Standing> reader(UserId user, ThreadId thread) {
    return bus.ask(RoomsApi.STANDINGS, new RoomsApi.Standings(thread.room().log(), List.of(user)))
        .map(found -> found.standings().get(user))
        .map(Standing::orRefused)
        .map(
            standing -> {
              if (thread.root() < standing.since()) {
                throw missing();
              }
              return standing;
            });
  }

  private Future<Followed> told(UserId user, ThreadId thread) {
    return view(user, thread).onSuccess(now -> notes.done(user, now));
  }

  private Future<Followed> view(UserId user, ThreadId thread) {
    return following(user, thread).compose(this::view);
  }

  /** Who never followed has read nothing. */
  private Future<Following> following(UserId user, ThreadId thread) {
    Marker first = new Marker(thread.root(), 0);
    return store
        .find(thread, user)
        .map(found -> found.orElse(new Following(thread, user, false, first)));
  }

  private Future<Followed> view(Following following) {
    return bus.ask(ThreadsApi.WEIGH, new Weigh(List.of(Views.strand(following)), false))
        .map(found -> standing(found.weights().get(0)))
        .map(weight -> Views.of(following, weight));
  }

  /** {@link FollowsApi#LIST}. */
  Future<FollowedPage> list(FollowsApi.ListFollowed asked) {
    return store
        .list(
            asked.user(),
            asked.room(),
            asked.unread(),
            asked.after().map(FollowCursor::position),
            asked.limit() + 1)
        .compose(found -> page(asked, found));
  }

  private Future<FollowedPage> page(FollowsApi.ListFollowed asked, List<Listed> found) {
    if (found.isEmpty()) {
      return Future.succeededFuture(new FollowedPage(List.of(), List.of(), Optional.empty()));
    }
    boolean more = found.size() > asked.limit();
    List<Listed> shown = more ? found.subList(0, asked.limit()) : found;
    Optional<String> next =
        more
            ? Optional.of(FollowCursor.of(shown.get(shown.size() - 1).position()))
            : Optional.empty();
    List<Following> followings = shown.stream().map(Listed::following).toList();
    return bus.ask(ThreadsApi.WEIGH, new Weigh(Views.strands(followings), false))
        .map(weighed -> List.copyOf(Views.of(followings, weighed.weights()).values()))
        .map(views -> views.stream().filter(each -> !asked.unread() || each.unread() > 0).toList())
        .compose(views -> roots(asked.user(), views).map(it -> new FollowedPage(views, it, next)));
  }

  private Future<List<Encoded>> roots(UserId viewer, List<Followed> threads) {
    List<Place> places =
        threads.stream().map(each -> new Place(each.room().log(), each.thread())).toList();
    return places.isEmpty()
        ? Future.succeededFuture(List.of())
        : bus.ask(LogApi.SHOW, new LogApi.Show(places, Optional.of(viewer)))
            .map(LogApi.ShownFound::entries);
  }

  /** {@link FollowsApi#EXPLAIN}. */
  Future<Explained> explain(FollowsApi.Explain asked) {
    return reader(asked.user(), asked.thread())
        .compose(
            may ->
                view(asked.user(), asked.thread())
                    .compose(
                        now ->
                            now.following()
                                ? unfold(asked, now, may.since())
                                    .map(it -> explained(asked, now, it))
                                : Future.succeededFuture(nothing(now))));
  }

  private Future<Unfolded> unfold(FollowsApi.Explain asked, Followed now, long since) {
    long after = Math.max(now.read(), asked.after().orElse(0L));
    return bus.ask(
        ThreadsApi.UNFOLD,
        new ThreadsApi.Unfold(
            now.room().log(),
            now.thread(),
            Optional.empty(),
            Optional.of(after),
            Optional.empty(),
            since,
            asked.limit(),
            asked.user()));
  }

  private static Explained nothing(Followed now) {
    return explained(now, List.of(), List.of(), Optional.empty());
  }

  private static Explained explained(FollowsApi.Explain asked, Followed now, Unfolded page) {
    String reader = asked.user().toString();
    List<Encoded> others =
        page.entries().stream().filter(entry -> !author(entry).equals(reader)).toList();
    List<Long> mentioning =
        others.stream().filter(entry -> mentions(entry, reader)).map(Encoded::seq).toList();
    Optional<Long> next =
        page.newer()
            ? Optional.of(page.entries().get(page.entries().size() - 1).seq())
            : Optional.empty();
    return explained(now, others, mentioning, next);
  }

  private static Explained explained(
      Followed now, List<Encoded> entries, List<Long> mentioning, Optional<Long> next) {
    return new Explained(
        now.room(),
        now.read(),
        now.last(),
        now.unread(),
        now.mentions(),
        entries,
        mentioning,
        next);
  }

  private static String author(Encoded entry) {
    return Json.object(entry.json().array()).path("author").path("id").asText();
  }

  /** As it reads now; a deleted message has no such body. */
  private static boolean mentions(Encoded entry, String reader) {
    JsonNode body = Json.object(entry.json().array()).path("body");
    boolean named = body.path("mentionsRoom").booleanValue();
    for (JsonNode user : body.path("mentions")) {
      named = named || user.asText().equals(reader);
    }
    return named;
  }
}
