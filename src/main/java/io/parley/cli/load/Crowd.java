package io.parley.cli.load;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Everybody's socket. */
final class Crowd {
  private static final int CONNECTING_AT_ONCE = 200;
  private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Stage stage;
  private final List<LoadSocket> sockets;
  private long toldAt = System.nanoTime();

  /** Nobody is connected yet. */
  Crowd(Stage stage, List<LoadSocket> sockets) {
    this.stage = stage;
    this.sockets = List.copyOf(sockets);
  }

  /** All listen to their room. */
  static Crowd of(Stage stage, List<Member> members, LoadTimes times) {
    return new Crowd(
        stage,
        members.stream()
            .map(member -> new LoadSocket(stage, member, times, List.of(member.room())))
            .toList());
  }

  LoadSocket socket(int index) {
    return sockets.get(index);
  }

  int size() {
    return sockets.size();
  }

  List<LoadSocket> sockets() {
    return sockets;
  }

  /** Connects everybody, in order and at the rate of the plan. Fails when one is refused. */
  Future<Void> connect() {
    return connect(connected -> {});
  }

  /**
   * @param each told how many are connected
   */
  Future<Void> connect(IntConsumer each) {
    return Pacing.run(
        stage.vertx(),
        sockets.size(),
        CONNECTING_AT_ONCE,
        stage.plan().connectRate(),
        index -> sockets.get(index).connect(),
        connected -> {
          tell(connected);
          each.accept(connected);
        });
  }

  Future<Void> close() {
    return Future.join(sockets.stream().map(LoadSocket::close).toList()).mapEmpty();
  }

  /** Tells now and then how many are connected. */
  void tell(int connected) {
    long now = System.nanoTime();
    if (connected == sockets.size() || now - toldAt > TELL_EVERY_NANOS) {
      toldAt = now;
      stage.tell("connected " + connected + " of " + sockets.size());
    }
  }
}
