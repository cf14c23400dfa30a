package io.parley.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.PersonName;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.Standing;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomName;
import io.parley.rooms.RoomsApi;
import io.parley.search.SearchApi.Found;
import io.parley.search.SearchApi.Result;
import io.parley.search.SearchApi.Search;
import io.parley.search.SearchStore.Hit;
import io.parley.search.SearchStore.Wanted;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The rules of searching.
 *
 * <p>The index says where something may be found; it may be a moment behind. So what it names is
 * read from the log, and shown only if it still says what is looked for, and only to somebody who
 * may read it after it was read.
 */
final class Searches {
  private static final int MOST_AT_ONCE = 32;
  private static final int MOST_NAMED = 50;
  private static final long AGAIN_MS = 1_000;

  private final SearchStore store;
  private final Bus bus;
  private int underWay;

  Searches(SearchStore store, Bus bus) {
    this.store = store;
    this.bus = bus;
  }

  /** {@link SearchApi#MESSAGES}. */
  Future<Found> search(Search search) {
    Query query = Query.parse(search.query());
    Optional<SearchStore.Spot> after = search.after().map(SearchCursor::parse);
    if (underWay >= MOST_AT_ONCE) {
      return Future.failedFuture(
          Failure.of(Reason.OVERLOADED, "too many are searching just now; try again in a moment")
              .with("retryAfterMs", AGAIN_MS));
    }
    underWay++;
    return rooms(search, query)
        .compose(
            rooms ->
                authors(search.reader(), query)
                    .map(authors -> wanted(search, query, rooms, authors, after)))
        .compose(wanted -> find(wanted, query))
        .onComplete(done -> underWay--);
  }

  private static Wanted wanted(
      Search search,
      Query query,
      Optional<List<RoomId>> rooms,
      Optional<List<UserId>> authors,
      Optional<SearchStore.Spot> after) {
    return new Wanted(
        search.reader(),
        query.worded() ? Optional.of(Words.query(query.terms())) : Optional.empty(),
        rooms,
        authors,
        query.link(),
        query.since(),
        query.until(),
        search.ranked() && query.worded(),
        after,
        search.limit() + 1);
  }

  /** Which rooms are meant; nothing for all of the reader's. */
  private Future<Optional<List<RoomId>>> rooms(Search search, Query query) {
    Future<Void> admitted =
        search.room().map(room -> admitted(search.reader(), room)).orElse(nothing());
    if (query.in().isEmpty()) {
      return admitted.map(search.room().map(List::of));
    }
    return admitted
        .compose(in -> all(query.in(), name -> called(search.reader(), name)))
        .map(
            named ->
                Optional.of(
                    named.stream()
                        .filter(room -> search.room().map(room::equals).orElse(true))
                        .toList()));
  }

  private Future<Void> admitted(UserId reader, RoomId room) {
    return bus.ask(RoomsApi.STANDINGS, new RoomsApi.Standings(room.log(), List.of(reader)))
        .map(found -> found.standings().get(reader))
        .map(Standing::orRefused)
        .mapEmpty();
  }

  private Future<List<RoomId>> called(UserId reader, String name) {
    Optional<UUID> id = uuid(name);
    return id.isPresent()
        ? Future.succeededFuture(List.of(new RoomId(id.get())))
        : store
            .called(reader, new RoomName(name).key(), MOST_NAMED)
            .map(found -> orNone(found, "in", "names no room of yours after in:"));
  }

  /** Whose messages are meant; nothing for everybody's. */
  private Future<Optional<List<UserId>>> authors(UserId reader, Query query) {
    return query.from().isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : all(query.from(), name -> people(reader, name)).map(Optional::of);
  }

  private Future<List<UserId>> people(UserId reader, String name) {
    if (name.equalsIgnoreCase("me")) {
      return Future.succeededFuture(List.of(reader));
    }
    String known = name.startsWith("@") ? name.substring(1) : name;
    return uuid(known)
        .map(id -> Future.succeededFuture(List.of(new UserId(id))))
        .orElseGet(
            () ->
                store
                    .people(new PersonName(known).folded(), MOST_NAMED)
                    .map(found -> orNone(found, "from", "names nobody after from:")));
  }

  private static <T> List<T> orNone(List<T> found, String rule, String detail) {
    if (found.isEmpty()) {
      throw Failure.invalid("query", rule, detail);
    }
    return found;
  }

  private static Optional<UUID> uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static <T> Future<List<T>> all(
      List<String> names, Function<String, Future<List<T>>> question) {
    List<Future<List<T>>> asked = names.stream().map(question).toList();
    return Future.all(asked)
        .map(done -> asked.stream().flatMap(each -> each.result().stream()).distinct().toList());
  }

  private Future<Found> find(Wanted wanted, Query query) {
    return store
        .find(wanted)
        .compose(
            hits -> {
              boolean more = hits.size() == wanted.limit();
              List<Hit> page = more ? hits.subList(0, hits.size() - 1) : hits;
              return page.isEmpty()
                  ? Future.succeededFuture(new Found(List.of(), Optional.empty()))
                  : show(wanted, query, page, more);
            });
  }

  private Future<Found> show(Wanted wanted, Query query, List<Hit> page, boolean more) {
    List<LogApi.Place> places =
        page.stream().map(hit -> new LogApi.Place(hit.room().log(), hit.spot().seq())).toList();
    List<RoomId> rooms = page.stream().map(Hit::room).distinct().toList();
    return bus.ask(LogApi.SHOW, new LogApi.Show(places, Optional.of(wanted.reader())))
        .compose(
            shown ->
                store
                    .readable(wanted.reader(), rooms)
                    .map(
                        readable ->
                            new Found(
                                results(query, readable, shown.entries()),
                                next(page, shown.looked(), more))));
  }

  private static Optional<String> next(List<Hit> page, int looked, boolean more) {
    boolean all = looked >= page.size();
    return all && !more
        ? Optional.empty()
        : Optional.of(SearchCursor.of(page.get(Math.max(1, Math.min(looked, page.size())) - 1)));
  }

  private static List<Result> results(
      Query query, Map<RoomId, Long> readable, List<LogApi.Encoded> shown) {
    Map<LogId, Long> since = new HashMap<>();
    readable.forEach((room, place) -> since.put(room.log(), place));
    List<Result> results = new ArrayList<>();
    for (LogApi.Encoded message : shown) {
      Long first = since.get(message.log());
      if (first != null && message.seq() >= first) {
        result(query, message).ifPresent(results::add);
      }
    }
    return List.copyOf(results);
  }

  /** Nothing for what does not say any more what is looked for. */
  private static Optional<Result> result(Query query, LogApi.Encoded message) {
    JsonNode body = Json.object(message.json().array()).path("body");
    String text = body.path("text").asText();
    List<Token> tokens = Lexer.tokens(text);
    boolean fits =
        !body.path("deleted").asBoolean()
            && query.matches(tokens)
            && (!query.link() || Words.linked(text));
    return fits
        ? Optional.of(new Result(new RoomId(message.log().id()), message, query.ranges(tokens)))
        : Optional.empty();
  }

  private static Future<Void> nothing() {
    return Future.succeededFuture();
  }
}
