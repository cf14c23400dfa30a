package io.parley.cli.load;

import io.parley.cli.client.Frames;
import io.parley.cli.client.RestCalls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * An open loop: each message is sent when it is due, by the next person in turn, whatever became of
 * earlier ones.
 */
final class LoadRun {
  private static final int CONNECTING_AT_ONCE = 50;
  private static final int MAX_CONNECTIONS = 20_000;
  private static final long TICK_MS = 2;
  private static final long SETTLE_MS = 100;
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Vertx vertx;
  private final LoadPlan plan;
  private final List<Member> members;
  private final WebSocketClient client;
  private final List<RestCalls> rest;
  private final LoadTimes times;
  private final String text;
  private final List<LoadSocket> sockets = new ArrayList<>();
  private int next;

  LoadRun(Vertx vertx, LoadPlan plan, List<Member> members, List<RestCalls> rest) {
    this.vertx = vertx;
    this.plan = plan;
    this.members = members;
    this.rest = rest;
    this.client = Frames.sockets(vertx, MAX_CONNECTIONS);
    this.text = "x".repeat(plan.bodyBytes());
    this.times = new LoadTimes(plan.rate(), plan.warmUpMessages());
  }

  LoadTimes times() {
    return times;
  }

  /** Connects everybody, a wave at a time. */
  Future<Void> connect(Consumer<String> progress) {
    int first = sockets.size();
    if (first == members.size()) {
      return Future.succeededFuture();
    }
    int last = Math.min(members.size(), first + CONNECTING_AT_ONCE);
    List<Future<LoadSocket>> wave =
        IntStream.range(first, last)
            .mapToObj(
                each -> LoadSocket.connect(client, plan.bridge(each), members.get(each), times))
            .toList();
    return Future.all(wave)
        .onSuccess(done -> wave.forEach(socket -> sockets.add(socket.result())))
        .onSuccess(done -> progress.accept("connected " + last + " of " + members.size()))
        .compose(done -> connect(progress));
  }

  /**
   * Sends everything and waits until all of it was answered and delivered, or nothing has come for
   * three seconds.
   *
   * @param cost takes stock: once when the warm-up is over, once at the end
   * @return what was used between the two
   */
  Future<LoadCost> talk(Supplier<Future<LoadCost>> cost) {
    Promise<Void> sent = Promise.promise();
    Promise<LoadCost> warm = Promise.promise();
    times.begin(System.nanoTime() + HEAD_START_NANOS);
    vertx.setPeriodic(TICK_MS, timer -> tick(timer, () -> cost.get().onComplete(warm), sent));
    return sent.future()
        .compose(done -> settle())
        .compose(done -> Future.all(cost.get(), warm.future()))
        .map(both -> both.<LoadCost>resultAt(0).since(both.resultAt(1)));
  }

  Future<Void> close() {
    return Future.join(sockets.stream().map(LoadSocket::close).toList()).mapEmpty();
  }

  private void tick(long timer, Runnable warm, Promise<Void> sent) {
    long now = System.nanoTime();
    while (next < plan.messages() && times.due(next) <= now) {
      if (next == plan.warmUpMessages()) {
        warm.run();
      }
      post(next % members.size(), next);
      next++;
    }
    if (next == plan.messages()) {
      vertx.cancelTimer(timer);
      sent.complete();
    }
  }

  private void post(int person, int number) {
    switch (plan.via()) {
      case SOCKET -> sockets.get(person).post(number, text);
      case REST -> postByRest(rest.get(person % rest.size()), members.get(person), number);
    }
  }

  private void postByRest(RestCalls node, Member member, int number) {
    node.post(
            "/api/rooms/" + member.room() + "/messages",
            member.token(),
            member.message(number, text))
        .onSuccess(answer -> times.acknowledged(number))
        .onFailure(times::broken);
  }

  private Future<Void> settle() {
    Promise<Void> settled = Promise.promise();
    vertx.setPeriodic(
        SETTLE_MS,
        timer -> {
          if (complete() || System.nanoTime() - times.lastEvent() > SILENCE_NANOS) {
            vertx.cancelTimer(timer);
            settled.complete();
          }
        });
    return settled.future();
  }

  private boolean complete() {
    return times.acks() + times.refusals() >= plan.messages()
        && times.deliveries() >= times.acks() * (plan.members() / plan.rooms());
  }
}
