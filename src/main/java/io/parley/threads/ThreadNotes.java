package io.parley.threads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.bus.Pages;
import io.parley.json.Json;
import io.parley.log.LogApi.Fleeting;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.log.ThreadsApi;
import io.parley.log.ThreadsApi.Weigh;
import io.parley.threads.FollowStore.Following;
import io.parley.threads.FollowsApi.Followed;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people's own devices how the threads stand that they follow: that there is something new,
 * and what another device has done. Each note says everything, and is read from the store as it is
 * told. May be lost; {@link FollowsApi#LIST} always says everything.
 */
public final class ThreadNotes {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadNotes.class);

  /** Of one thread; where more follow, some learn of it when they look. */
  private static final int MOST = 200;

  private static final int AT_ONCE = 1_000;

  private final FollowStore store;
  private final Bus bus;
  private final LogClient logs;

  public ThreadNotes(FollowStore store, Bus bus, LogClient logs) {
    this.store = store;
    this.bus = bus;
    this.logs = logs;
  }

  /** There is something new in these threads. Never fails: who is not told finds it later. */
  Future<Void> stirred(List<ThreadId> threads) {
    return threads.isEmpty()
        ? Future.succeededFuture()
        : store
            .followers(threads, MOST)
            .compose(this::tell)
            .onFailure(cause -> LOG.warn("threads are told later: {}", cause.getMessage()))
            .otherwiseEmpty();
  }

  private Future<Void> tell(List<Following> followers) {
    List<List<Following>> parts = new ArrayList<>();
    for (int from = 0; from < followers.size(); from += AT_ONCE) {
      int to = Math.min(followers.size(), from + AT_ONCE);
      parts.add(followers.subList(from, to));
    }
    return Pages.each(parts, this::tellSome);
  }

  private Future<Void> tellSome(List<Following> followers) {
    return bus.ask(ThreadsApi.WEIGH, new Weigh(Views.strands(followers), false))
        .map(found -> Views.of(followers, found.weights()))
        .onSuccess(this::tell)
        .mapEmpty();
  }

  private void tell(Map<Following, Followed> views) {
    logs.tell(
        views.entrySet().stream()
            .map(each -> note(each.getKey().user(), each.getValue()))
            .toList());
  }

  /** Somebody has done something, and all their devices hear of it. */
  void done(UserId user, Followed now) {
    logs.tell(List.of(note(user, now)));
  }

  private static Fleeting note(UserId user, Followed now) {
    ObjectNode note = Json.mapper().createObjectNode();
    note.put("kind", "thread").put("user", user.toString());
    note.set("body", Json.mapper().valueToTree(now));
    return new Fleeting(LogId.user(user.value()), new Bytes(Json.bytes(note)));
  }
}
