package io.parley.bridge;

import io.parley.bus.Bytes;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** The sockets of one event loop that listen to a log. Belongs to that event loop. */
final class Audience {
  private final LogId log;
  private final List<Subscription> members = new ArrayList<>();
  private final Promise<Void> open = Promise.promise();
  private long last;

  Audience(LogId log) {
    this.log = log;
  }

  /** Completes when the node listens to the log: every entry after {@link #last} comes here. */
  Future<Void> open() {
    return open.future();
  }

  /**
   * @param head where the log stood when the node began to listen for this audience; entries after
   *     it may have overtaken the news
   */
  void opened(long head) {
    last = Math.max(last, head);
    open.complete();
  }

  void failed(Throwable cause) {
    open.tryFail(cause);
  }

  /** The newest entry that came here. */
  long last() {
    return last;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  void add(Subscription subscription) {
    subscription.place(members.size());
    members.add(subscription);
  }

  void remove(Subscription subscription) {
    int place = subscription.place();
    if (place < 0 || place >= members.size() || members.get(place) != subscription) {
      return;
    }
    Subscription moved = members.remove(members.size() - 1);
    if (moved != subscription) {
      members.set(place, moved);
      moved.place(place);
    }
    subscription.place(-1);
  }

  /**
   * Sends entries, in order, to everybody who has not seen them; those whom an entry expels get it,
   * and nothing after it; after one that opens the log everybody gets everything.
   *
   * @return how many messages went out
   */
  long deliver(List<LogApi.Encoded> entries) {
    if (entries.isEmpty()) {
      return 0;
    }
    long end = entries.get(entries.size() - 1).seq();
    if (!open.future().isComplete()) {
      last = Math.max(last, end); // nobody is live yet, and those who join read up to here
      return 0;
    }
    long sent = 0;
    int from = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (i == entries.size() - 1 || parts(entries.get(i))) {
        sent += send(entries.subList(from, i + 1));
        from = i + 1;
      }
    }
    last = Math.max(last, end);
    return sent;
  }

  /** Whether what comes after an entry is for others than what comes before it, or for more. */
  private static boolean parts(LogApi.Encoded entry) {
    return entry.expels().isPresent() || Curtain.lifts(entry);
  }

  /** Sends something that may get lost. */
  long deliver(Bytes fleeting) {
    Frames frames = Frames.of(Envelope.message(log, fleeting));
    long sent = 0;
    for (Subscription member : members) {
      if (member.is(Subscription.State.LIVE)) {
        member.socket().deliver(frames, true);
        sent++;
      }
    }
    frames.release();
    return sent;
  }

  /** At most the last of these entries expels somebody, or opens the log. */
  private long send(List<LogApi.Encoded> entries) {
    Frames all = frames(entries);
    long first = entries.get(0).seq();
    LogApi.Encoded end = entries.get(entries.size() - 1);
    boolean curtain = Curtain.hangs(entries);
    boolean lifts = Curtain.lifts(end);
    List<Subscription> expelled = new ArrayList<>(0);
    long sent = 0;
    for (Subscription member : members) {
      if (!member.is(Subscription.State.LIVE) || member.last() >= end.seq()) {
        continue;
      }
      boolean hidden = curtain && Curtain.falls(entries, member.since());
      if (member.last() < first && !hidden) {
        member.socket().deliver(all, false);
      } else {
        rest(member, entries);
      }
      member.reached(end.seq());
      sent += all.count();
      if (lifts) {
        member.since(0);
      }
      if (Expulsion.by(end, member.socket())) {
        expelled.add(member);
      }
    }
    all.release();
    expelled.forEach(member -> member.socket().expelled(member, Expulsion.told(end)));
    return sent;
  }

  private static void rest(Subscription member, List<LogApi.Encoded> entries) {
    List<LogApi.Encoded> unseen =
        entries.stream()
            .filter(entry -> entry.seq() > member.last())
            .map(entry -> Curtain.before(entry, member.since()))
            .toList();
    Frames frames = frames(unseen);
    member.socket().deliver(frames, false);
    frames.release();
  }

  static Frames frames(List<LogApi.Encoded> entries) {
    List<byte[]> messages = new ArrayList<>(entries.size());
    for (LogApi.Encoded entry : entries) {
      messages.add(Envelope.message(entry.log(), entry.json()));
    }
    return new Frames(messages);
  }
}
