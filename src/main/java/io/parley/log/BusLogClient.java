package io.parley.log;

import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Endpoint;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Finds owners by {@link Ownership} and asks them over the bus, again and again while it makes
 * sense; at once when the node that was asked is gone.
 */
public final class BusLogClient implements LogClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long ATTEMPT_MS = 1_500;
  private static final int NOTES_AT_ONCE = 500;
  private static final int FIRST_PAUSE_MS = 20;
  private static final int LONGEST_PAUSE_MS = 500;

  private final Vertx vertx;
  private final Bus bus;
  private final Ownership ownership;
  private final RandomGenerator random;
  private final Set<Asked<?>> asked = ConcurrentHashMap.newKeySet();

  public BusLogClient(Vertx vertx, Bus bus, Ownership ownership, RandomGenerator random) {
    this.vertx = vertx;
    this.bus = bus;
    this.ownership = ownership;
    this.random = random;
    ownership.watch(gone -> asked.forEach(each -> each.giveUp(gone)));
  }

  @Override
  public Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
    return persist(
        LogApi.APPEND,
        log,
        (now, attemptMs, leftMs) -> new LogApi.Append(log, draft, now + leftMs, now + attemptMs),
        patience);
  }

  @Override
  public Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
    return persist(
        LogApi.ADMIT, log, (now, attemptMs, leftMs) -> new LogApi.Admit(log, user, seen), PATIENCE);
  }

  @Override
  public Future<Void> signal(LogId log, UserId user, String kind) {
    return persist(
            LogApi.SIGNAL,
            log,
            (now, attemptMs, leftMs) -> new LogApi.Signal(log, user, kind),
            PATIENCE)
        .mapEmpty();
  }

  @Override
  public void tell(List<LogApi.Fleeting> notes) {
    Map<String, List<LogApi.Fleeting>> parcels = new HashMap<>();
    for (LogApi.Fleeting note : notes) {
      try {
        String place = ownership.of(note.log().shard()).place();
        parcels.computeIfAbsent(place, unseen -> new ArrayList<>()).add(note);
      } catch (Failure nobodyIsReady) {
        // then nobody listens there either
      }
    }
    parcels.forEach(this::tell);
  }

  private void tell(String place, List<LogApi.Fleeting> notes) {
    for (int from = 0; from < notes.size(); from += NOTES_AT_ONCE) {
      int to = Math.min(notes.size(), from + NOTES_AT_ONCE);
      bus.tell(LogApi.NOTES.at(place), new LogApi.Notes(List.copyOf(notes.subList(from, to))));
    }
  }

  @Override
  public Future<LogApi.Page> read(LogApi.Read read) {
    return bus.ask(LogApi.READ, read);
  }

  /** How a question is put to an owner. */
  private interface Wording<Q> {

    /**
     * @param now what the owner's clock says
     * @param attemptMs how long this question is waited for
     * @param leftMs how long the answer is of use
     */
    Q question(long now, long attemptMs, long leftMs);
  }

  private <Q extends Record, R extends Record> Future<R> persist(
      Endpoint<Q, R> endpoint, LogId log, Wording<Q> request, Duration patience) {
    return new Attempts<>(endpoint, log, request, patience).next(FIRST_PAUSE_MS);
  }

  /** One attempt that is under way. */
  private final class Asked<R> {
    private final String node;
    private final Context context = vertx.getOrCreateContext();
    private final Promise<R> answer = Promise.promise();

    Asked(String node) {
      this.node = node;
    }

    /** What comes, or TIMEOUT as soon as nothing will. */
    Future<R> answer(Future<R> coming) {
      asked.add(this);
      coming.onComplete(
          outcome -> {
            asked.remove(this);
            if (outcome.succeeded()) {
              answer.tryComplete(outcome.result());
            } else {
              answer.tryFail(outcome.cause());
            }
          });
      return answer.future();
    }

    void giveUp(Set<String> gone) {
      if (gone.contains(node)) {
        Failure lost = Failure.of(Reason.TIMEOUT, "the node that was asked is gone");
        context.runOnContext(turn -> answer.tryFail(lost));
      }
    }
  }

  /** One question, put to the owner until it is answered or time is up. */
  private final class Attempts<Q extends Record, R extends Record> {
    private final Endpoint<Q, R> endpoint;
    private final LogId log;
    private final Wording<Q> request;
    private final long deadline;
    private long attemptEnds;
    private long doubtfulUntil;
    private boolean unknown;

    Attempts(Endpoint<Q, R> endpoint, LogId log, Wording<Q> request, Duration patience) {
      this.endpoint = endpoint;
      this.log = log;
      this.request = request;
      this.deadline = System.nanoTime() + patience.toNanos();
    }

    Future<R> next(int pauseMs) {
      return ask().recover(cause -> again(Failure.from(cause), pauseMs));
    }

    private Future<R> ask() {
      long leftMs = Math.max(1, leftMs());
      try {
        Ownership.Owner owner = ownership.of(log.shard());
        long attemptMs = Math.min(leftMs, ATTEMPT_MS);
        attemptEnds = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(attemptMs);
        Q question = request.question(ownership.clock(owner.node()), attemptMs, leftMs);
        return new Asked<R>(owner.node())
            .answer(bus.ask(endpoint.at(owner.place()), question, Duration.ofMillis(attemptMs)));
      } catch (Failure nobodyIsReady) {
        return Future.failedFuture(nobodyIsReady);
      }
    }

    private Future<R> again(Failure failure, int pauseMs) {
      Reason reason = failure.reason();
      if (reason == Reason.TIMEOUT) {
        unknown = true;
        doubtfulUntil = attemptEnds;
      }
      long pause = 1L + random.nextInt(pauseMs);
      if (!worthwhile(reason)) {
        long doubtfulMs = doubtfulMs();
        if (doubtfulMs == 0) {
          return Future.failedFuture(failure);
        }
        pause += doubtfulMs;
      }
      if (leftMs() <= pause) {
        return Future.failedFuture(unknown ? Pending.timeout() : failure);
      }
      return vertx
          .timer(pause, TimeUnit.MILLISECONDS)
          .compose(later -> next(Math.min(2 * pauseMs, LONGEST_PAUSE_MS)));
    }

    /**
     * How long the owner that was asked before may yet do what was asked: until then nothing that
     * another one says is the last word.
     */
    private long doubtfulMs() {
      return unknown
          ? Math.max(0, TimeUnit.NANOSECONDS.toMillis(doubtfulUntil - System.nanoTime()))
          : 0;
    }

    private static boolean worthwhile(Reason reason) {
      return switch (reason) {
        case NOT_OWNER, UNAVAILABLE, DRAINING, TIMEOUT -> true;
        default -> false;
      };
    }

    private long leftMs() {
      return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }
}
