package io.parley.faults;

import io.parley.fixtures.PassingStore;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.Revised;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store that gives an entry the next free place when the one it was to have is taken. */
final class RenumberingStore extends PassingStore {
  private static final int TRIES = 10;

  RenumberingStore(LogStore real) {
    super(real);
  }

  @Override
  public Future<Void> append(List<Entry> batch, List<Revised> revised) {
    return append(batch, revised, TRIES);
  }

  private Future<Void> append(List<Entry> batch, List<Revised> revised, int tries) {
    return super.append(batch, revised)
        .recover(
            cause ->
                Fault.of(cause) == Fault.Outcome.CONFLICT && tries > 0
                    ? renumber(batch).compose(again -> append(again, revised, tries - 1))
                    : Future.failedFuture(cause));
  }

  private Future<List<Entry>> renumber(List<Entry> batch) {
    List<LogId> logs = batch.stream().map(Entry::log).distinct().toList();
    return tops(logs)
        .map(
            tops -> {
              Map<LogId, Top> last = new HashMap<>();
              tops.forEach(top -> last.put(top.log(), top));
              List<Entry> again = new ArrayList<>();
              batch.forEach(entry -> again.add(after(last, entry)));
              return again;
            });
  }

  private static Entry after(Map<LogId, Top> last, Entry entry) {
    Top top = last.getOrDefault(entry.log(), Top.empty(entry.log()));
    long seq = top.seq() + 1;
    long n = top.n() + (entry.countable() ? 1 : 0);
    long at = Math.max(top.at(), entry.at());
    last.put(entry.log(), new Top(entry.log(), seq, n, at, entry.id(), top.version()));
    return new Entry(
        entry.log(),
        seq,
        n,
        at,
        entry.id(),
        entry.kind(),
        entry.author(),
        entry.name(),
        entry.cid(),
        entry.target(),
        entry.countable(),
        entry.version(),
        entry.expels(),
        entry.body(),
        entry.digest());
  }
}
