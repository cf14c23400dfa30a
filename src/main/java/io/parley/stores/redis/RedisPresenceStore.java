package io.parley.stores.redis;

import io.parley.accounts.UserId;
import io.parley.presence.PresenceApi.Lease;
import io.parley.presence.PresenceStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Presence in Redis: a key of leases for each person, some of whom share a hash tag since they are
 * told of and asked for by the hundred, and one key for all nodes.
 */
public final class RedisPresenceStore implements PresenceStore {
  private static final int PARTS = 16;
  private static final String SINCE = "since";
  private static final String LEFT = "left:";
  private static final List<String> NODES = List.of("parley:presence:{nodes}");

  private final RedisLink link;

  public RedisPresenceStore(RedisLink link) {
    this.link = link;
  }

  /** What is to become of one lease. */
  private record Word(UserId user, String field, String flag) {}

  /** The leases first: whoever is told since when all is remembered has been heard. */
  @Override
  public Future<Told> renew(String node, List<Lease> here, List<Lease> gone, Times times) {
    List<Word> words = new ArrayList<>(here.size() + gone.size());
    here.forEach(lease -> words.add(word(node, lease, lease.idle() ? "i" : "a")));
    gone.forEach(lease -> words.add(word(node, lease, "g")));
    Set<UserId> changed = new HashSet<>();
    List<Future<Void>> answers = new ArrayList<>();
    parts(words, Word::user)
        .forEach(
            (part, all) -> answers.add(renew(part, all, times).map(changed::addAll).mapEmpty()));
    String lease = String.valueOf(times.lease().toMillis());
    return Future.all(answers)
        .compose(done -> PresenceScripts.BEAT.run(link, NODES, List.of(lease, node)))
        .map(since -> new Told(since.toLong(), changed));
  }

  private static Word word(String node, Lease lease, String flag) {
    return new Word(lease.user(), node + "/" + lease.connection(), flag);
  }

  private Future<List<UserId>> renew(int part, List<Word> words, Times times) {
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(times.lease().toMillis()));
    arguments.add(String.valueOf(times.grace().toMillis()));
    for (Word word : words) {
      arguments.add(word.field());
      arguments.add(word.flag());
    }
    List<String> keys = words.stream().map(word -> key(part, word.user())).toList();
    return PresenceScripts.RENEW
        .run(link, keys, arguments)
        .map(places -> places.stream().map(at -> words.get(at.toInteger()).user()).toList());
  }

  @Override
  public Future<Known> read(Collection<UserId> users) {
    Map<UserId, List<Held>> held = new HashMap<>();
    List<Future<?>> answers = new ArrayList<>();
    parts(users, Function.identity())
        .forEach((part, people) -> answers.add(read(part, people).onSuccess(held::putAll)));
    return Future.all(answers)
        .compose(done -> PresenceScripts.KNOWN.run(link, NODES, List.of()))
        .map(answer -> known(answer, held));
  }

  private Future<Map<UserId, List<Held>>> read(int part, List<UserId> users) {
    List<String> keys = users.stream().map(user -> key(part, user)).toList();
    return PresenceScripts.READ
        .run(link, keys, List.of())
        .map(
            answer -> {
              Map<UserId, List<Held>> held = new HashMap<>();
              for (int i = 0; i < users.size(); i++) {
                if (answer.get(i).size() > 0) {
                  held.put(users.get(i), leases(answer.get(i)));
                }
              }
              return held;
            });
  }

  private static List<Held> leases(Response fields) {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      String field = fields.get(i).toString();
      String value = fields.get(i + 1).toString();
      char flag = value.charAt(value.length() - 1);
      held.add(
          new Held(
              field.substring(0, field.lastIndexOf('/')),
              Character.toLowerCase(flag) == 'i',
              Character.isUpperCase(flag),
              Long.parseLong(value.substring(0, value.length() - 1))));
    }
    return held;
  }

  private static Known known(Response answer, Map<UserId, List<Held>> held) {
    Response fields = answer.get(1);
    long since = 0;
    Map<String, Long> left = new HashMap<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      String field = fields.get(i).toString();
      long at = fields.get(i + 1).toLong();
      if (field.equals(SINCE)) {
        since = at;
      } else if (field.startsWith(LEFT)) {
        left.put(field.substring(LEFT.length()), at);
      }
    }
    return new Known(answer.get(0).toLong(), since, left, held);
  }

  @Override
  public Future<Void> left(Set<String> nodes) {
    return PresenceScripts.LEFT.run(link, NODES, List.copyOf(nodes)).mapEmpty();
  }

  private static <T> Map<Integer, List<T>> parts(Collection<T> all, Function<T, UserId> user) {
    return all.stream().collect(Collectors.groupingBy(each -> part(user.apply(each))));
  }

  private static int part(UserId user) {
    return Math.floorMod(user.hashCode(), PARTS);
  }

  private static String key(int part, UserId user) {
    return "parley:presence:{" + part + "}:" + user;
  }
}
