package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.Ownership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedsTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Paces IDLE =
      new Paces(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(LogApi.CONTRACT));
  private final Changing ownership = new Changing();
  private final List<String> leased = new CopyOnWriteArrayList<>();
  private final LogId room = LogId.room(UUID.randomUUID());

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void aLogIsFollowedToItsNewOwnerAtOnce() {
    Feeds feeds = feeds();
    lender("one/0");
    lender("two/0");
    Future<Long> listening = feeds.listen(room, new Deaf());

    ownership.change("one");
    assertThat(Await.of(listening)).isEqualTo(7);
    assertThat(leased).containsExactly("one/0");

    ownership.change("two");
    await().until(() -> leased.equals(List.of("one/0", "two/0")));
  }

  private Feeds feeds() {
    Feeds feeds =
        new Feeds(
            vertx,
            bus,
            ownership,
            "here",
            1,
            new BridgeMetrics(new SimpleMeterRegistry()),
            IDLE,
            System::nanoTime);
    Await.of(feeds.start());
    return feeds;
  }

  private void lender(String place) {
    Await.of(
        bus.answer(
            LogApi.LEASE.at(place),
            lease -> {
              leased.add(place);
              LogApi.Head head = new LogApi.Head(room, 7, 7, 0, "cursor");
              return Future.succeededFuture(new LogApi.Leased(List.of(head), 1, 0));
            }));
  }

  /** Nobody owns anything at first. */
  private static final class Changing implements Ownership {
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile String node = "";

    void change(String now) {
      node = now;
      watchers.forEach(watcher -> watcher.changed(Set.of()));
    }

    @Override
    public Owner of(int shard) {
      if (node.isEmpty()) {
        throw Failure.of(Reason.UNAVAILABLE, "nobody");
      }
      return new Owner(node, 0);
    }

    @Override
    public long term(int shard) {
      return 1;
    }

    @Override
    public long clock(String node) {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void watch(Watcher watcher) {
      watchers.add(watcher);
    }
  }

  private static final class Deaf implements Ear {
    @Override
    public void hear(Parcel parcel) {}

    @Override
    public void forsaken() {}
  }
}
