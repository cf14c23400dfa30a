package io.parley.log;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.LogStore.Cid;
import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Appends that are about to be refused. Each is looked up first: what stands already under its cid
 * was accepted once, and stays so, whatever its author may do now.
 */
final class Refusals {
  private static final int AT_ONCE = 500;

  private final LogStore store;
  private final Settlement settlement;
  private final Patience patience;
  private final Deque<Refusal> waiting = new ArrayDeque<>();
  private boolean asking;

  private record Refusal(Pending pending, Failure why) {}

  Refusals(LogStore store, Settlement settlement, Patience patience) {
    this.store = store;
    this.settlement = settlement;
    this.patience = patience;
  }

  void refuse(Pending pending, Failure why) {
    waiting.add(new Refusal(pending, why));
    ask();
  }

  private void ask() {
    if (asking || waiting.isEmpty()) {
      return;
    }
    asking = true;
    List<Refusal> asked = new ArrayList<>();
    while (!waiting.isEmpty() && asked.size() < AT_ONCE) {
      asked.add(waiting.removeFirst());
    }
    List<Cid> cids = asked.stream().map(one -> one.pending.key()).toList();
    patience.await(() -> store.find(cids)).onComplete(found -> answer(asked, found));
  }

  private void answer(List<Refusal> asked, AsyncResult<List<Entry>> found) {
    asking = false;
    if (found.failed()) {
      Failure unknown = Failure.of(Reason.UNAVAILABLE, "the log cannot be read just now");
      asked.forEach(one -> settlement.giveUp(one.pending, unknown));
    } else {
      Map<Cid, Entry> stored =
          found.result().stream().collect(Collectors.toMap(Entry::key, Function.identity()));
      asked.forEach(one -> answer(one, stored));
    }
    ask();
  }

  private void answer(Refusal refusal, Map<Cid, Entry> stored) {
    Entry entry = stored.get(refusal.pending.key());
    if (entry != null) {
      settlement.found(refusal.pending, entry);
    } else {
      settlement.giveUp(refusal.pending, refusal.why);
    }
  }
}
