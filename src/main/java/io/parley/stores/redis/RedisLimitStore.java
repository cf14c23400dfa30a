package io.parley.stores.redis;

import io.parley.limits.LimitStore;
import io.parley.limits.LimitsApi.Sum;
import io.parley.limits.LimitsApi.Ticket;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Limits in Redis. Every key has an expiry, so that all is forgotten that nobody asks for.
 *
 * <p>Names come from whoever knows their secret and are letters only. What is used together shares
 * a hash tag: a few tags for all rates, which are compared by the hundred, one for each account and
 * one for each place.
 */
public final class RedisLimitStore implements LimitStore {
  private static final int PARTS = 16;

  private final RedisLink link;

  public RedisLimitStore(RedisLink link) {
    this.link = link;
  }

  @Override
  public Future<List<Sum>> use(List<Use> uses, Ban ban) {
    Map<Integer, List<Integer>> parts = new HashMap<>();
    for (int i = 0; i < uses.size(); i++) {
      parts.computeIfAbsent(part(uses.get(i)), unseen -> new ArrayList<>()).add(i);
    }
    Sum[] sums = new Sum[uses.size()];
    List<Future<Void>> answers = new ArrayList<>();
    parts.forEach(
        (part, places) ->
            answers.add(
                use(part, places.stream().map(uses::get).toList(), ban)
                    .onSuccess(
                        found ->
                            IntStream.range(0, places.size())
                                .forEach(i -> sums[places.get(i)] = found.get(i)))
                    .mapEmpty()));
    return Future.all(answers).map(done -> List.of(sums));
  }

  private Future<List<Sum>> use(int part, List<Use> uses, Ban ban) {
    List<String> keys =
        uses.stream()
            .map(use -> "parley:rate:{" + part + "}:" + use.rate() + ":" + use.name())
            .toList();
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(ban.after()));
    arguments.add(micros(ban.time()));
    for (Use use : uses) {
      arguments.add(micros(use.interval()));
      arguments.add(String.valueOf(use.taken()));
      arguments.add(String.valueOf(use.refused()));
    }
    return LimitScripts.USE.run(link, keys, arguments).map(RedisLimitStore::sums);
  }

  private static List<Sum> sums(Response response) {
    return response.stream()
        .map(pair -> new Sum(pair.get(0).toLong(), pair.get(1).toLong()))
        .toList();
  }

  /** The account first, since only it tells whether the place matters. */
  @Override
  public Future<Try> attempt(Names names, Patience patience) {
    List<String> arguments =
        List.of(
            micros(patience.first()),
            micros(patience.quiet()),
            String.valueOf(patience.together()),
            micros(patience.longest()),
            String.valueOf(patience.account()),
            micros(patience.longestForAccount()));
    return LimitScripts.ATTEMPT
        .run(link, accountKeys(names), arguments)
        .compose(
            answer -> {
              Try tried = tried(answer, answer.get(1).toInteger() == 1, List.of());
              return tried.pause().isZero() && !tried.ticket().known()
                  ? atPlace(names, patience, tried.ticket())
                  : Future.succeededFuture(tried);
            });
  }

  private Future<Try> atPlace(Names names, Patience patience, Ticket ticket) {
    List<String> arguments =
        List.of(
            micros(patience.first()),
            micros(patience.quiet()),
            String.valueOf(patience.place()),
            micros(patience.longest()));
    return LimitScripts.ATTEMPT
        .run(link, placeKeys(names), arguments)
        .map(answer -> tried(answer, false, ticket.marks()))
        .compose(
            tried ->
                tried.pause().isZero()
                    ? Future.succeededFuture(tried)
                    : forgive(accountKeys(names), ticket.marks()).map(tried));
  }

  private static Try tried(Response answer, boolean known, List<String> marks) {
    List<String> all =
        Stream.concat(marks.stream(), answer.stream().skip(2).map(Response::toString)).toList();
    return new Try(
        Duration.ofMillis((answer.get(0).toLong() + 999) / 1_000), new Ticket(known, all));
  }

  /** The marks are those of an account's own failures, of all its failures, and of the place's. */
  @Override
  public Future<Void> forgive(Names names, Ticket ticket) {
    List<String> marks = ticket.marks();
    if (marks.size() < 3) {
      return forgive(accountKeys(names), marks);
    }
    return forgive(accountKeys(names), marks.subList(0, 2))
        .compose(forgiven -> forgive(placeKeys(names), marks.subList(2, 3)));
  }

  private Future<Void> forgive(List<String> keys, List<String> marks) {
    List<String> counters = keys.subList(1, Math.min(keys.size(), 1 + marks.size()));
    return counters.isEmpty()
        ? Future.succeededFuture()
        : LimitScripts.FORGIVE.run(link, counters, marks).mapEmpty();
  }

  @Override
  public Future<Void> trust(Names names, Duration memory) {
    List<String> keys = accountKeys(names).subList(0, 2);
    return LimitScripts.TRUST
        .run(link, keys, List.of(String.valueOf(memory.toMillis())))
        .mapEmpty();
  }

  /** Whether the place is known, then what is counted: at that place, and at all. */
  private static List<String> accountKeys(Names names) {
    String prefix = "parley:signin:{" + names.account() + "}:";
    return List.of(
        prefix + "known:" + names.place(), prefix + "at:" + names.place(), prefix + "all");
  }

  /** No place is known as such. */
  private static List<String> placeKeys(Names names) {
    String prefix = "parley:signin:{" + names.place() + "}:";
    return List.of(prefix + "known", prefix + "all");
  }

  private static int part(Use use) {
    return Math.floorMod(use.name().hashCode(), PARTS);
  }

  private static String micros(Duration duration) {
    return String.valueOf(duration.toNanos() / 1_000);
  }
}
