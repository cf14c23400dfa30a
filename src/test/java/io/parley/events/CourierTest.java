package io.parley.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whoever is told is told what they want, and is left alone while they cannot be. */
class CourierTest {
  private static final UserId ANN = new UserId(new UUID(0, 7));

  private final AtomicLong nanos = new AtomicLong(42);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Recording consumer = new Recording();
  private final Courier courier = new Courier(consumer, nanos::get, new Random(1), meters);

  /** Takes what it is told when it is asked to, or at once. */
  private static final class Recording implements EventConsumer {
    private final List<Event> taken = new ArrayList<>();
    private Set<EventKind> kinds = EnumSet.allOf(EventKind.class);
    private Optional<RuntimeException> trouble = Optional.empty();
    private Optional<Promise<Void>> slow = Optional.empty();
    private Optional<Event> refused = Optional.empty();

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Set<EventKind> kinds() {
      return kinds;
    }

    @Override
    public Future<Void> take(List<Event> events) {
      if (trouble.isPresent()) {
        return Future.failedFuture(trouble.get());
      }
      if (refused.filter(events::contains).isPresent()) {
        return Future.failedFuture(new IllegalStateException("not this one"));
      }
      taken.addAll(events);
      return slow.map(Promise::future).orElseGet(Future::succeededFuture);
    }
  }

  private static Event registered(int number) {
    return new Event.UserRegistered("registered-" + number, number, ANN);
  }

  private static Event online(int number) {
    return new Event.UserOnline("o" + number, number, ANN);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private double count(String name) {
    return meters.find(name).counters().stream().mapToDouble(each -> each.count()).sum();
  }

  @Test
  void onlyWhatIsWantedIsTold() {
    consumer.kinds = EnumSet.of(EventKind.USER_REGISTERED);

    Await.of(courier.bring(List.of(registered(1), online(2))));
    Await.of(courier.pass(List.of(online(3))));

    assertThat(consumer.taken).containsExactly(registered(1));
    assertThat(count("parley.events.told")).isEqualTo(1);
  }

  @Test
  void eachFailureIsFollowedByALongerRestUpToAMinute() {
    consumer.trouble = Optional.of(new IllegalStateException("away"));
    for (int i = 0; i < 9; i++) {
      Await.failure(courier.bring(List.of(registered(1))));
      assertThat(Await.failure(courier.bring(List.of(registered(1)))).reason())
          .isEqualTo(Reason.UNAVAILABLE);
      assertRest(i);
    }

    assertThat(count("parley.events.failures")).isEqualTo(9);
    consumer.trouble = Optional.empty();
    Await.of(courier.bring(List.of(registered(1))));
    assertThat(consumer.taken).containsExactly(registered(1));
    assertThat(courier.ready()).isTrue();
  }

  /** Waits until it may be told again. */
  private void assertRest(int doublings) {
    long began = nanos.get();
    while (!courier.ready()) {
      pass(Duration.ofMillis(100));
    }
    double wanted = Math.min(60, 1 << doublings);
    assertThat(Duration.ofNanos(nanos.get() - began).toMillis() / 1000.0)
        .as("rest %d", doublings)
        .isBetween(wanted * 0.8, wanted * 1.2 + 0.2);
  }

  @Test
  void whoRefusesOneEventIsAskedLessAndLessOftenWhateverElseTheyTake() {
    consumer.refused = Optional.of(registered(1));
    for (int i = 0; i < 5; i++) {
      Await.failure(courier.bring(List.of(registered(1))));
      assertRest(i);
      Await.of(courier.pass(List.of(online(i))));
      Await.of(courier.bring(List.of(registered(2))));
      pass(Duration.ofMillis(100));
    }
    consumer.refused = Optional.empty();
    Await.of(courier.bring(List.of(registered(1))));
    consumer.refused = Optional.of(registered(3));
    Await.failure(courier.bring(List.of(registered(3))));

    assertRest(0);
  }

  @Test
  void severalThatFailAtOnceAreFollowedByOneRest() {
    Promise<Void> answer = Promise.promise();
    consumer.slow = Optional.of(answer);
    List<Future<Void>> posts =
        List.of(
            courier.bring(List.of(registered(1))),
            courier.bring(List.of(registered(2))),
            courier.pass(List.of(online(3))));
    pass(Duration.ofSeconds(1));
    answer.fail("away");
    posts.forEach(post -> Await.of(post.otherwiseEmpty()));

    assertRest(0);
    assertThat(count("parley.events.failures")).isEqualTo(3);
  }

  @Test
  void whatPassesIsNotToldLater() {
    consumer.trouble = Optional.of(new IllegalStateException("away"));
    Await.of(courier.pass(List.of(online(1))));
    Await.of(courier.pass(List.of(online(2))));
    consumer.trouble = Optional.empty();
    pass(Duration.ofSeconds(2));
    Await.of(courier.pass(List.of(online(3))));

    assertThat(consumer.taken).containsExactly(online(3));
    assertThat(count("parley.events.dropped")).isEqualTo(2);
  }

  @Test
  void whatPassesDoesNotQueueBehindASlowOne() {
    Promise<Void> answer = Promise.promise();
    consumer.slow = Optional.of(answer);
    Future<Void> first = courier.pass(List.of(online(1)));
    Await.of(courier.pass(List.of(online(2))));
    assertThat(first.isComplete()).isFalse();
    answer.complete();
    consumer.slow = Optional.empty();
    Await.of(first);
    Await.of(courier.pass(List.of(online(3))));

    assertThat(consumer.taken).containsExactly(online(1), online(3));
  }

  @Test
  void whoeverThrowsHasFailed() {
    EventConsumer throwing =
        new EventConsumer() {
          @Override
          public String name() {
            return "throwing";
          }

          @Override
          public Set<EventKind> kinds() {
            return EnumSet.allOf(EventKind.class);
          }

          @Override
          public Future<Void> take(List<Event> events) {
            throw new IllegalStateException("a mistake");
          }
        };
    Courier other = new Courier(throwing, nanos::get, new Random(1), meters);

    Await.failure(other.bring(List.of(registered(1))));

    assertThat(other.ready()).isFalse();
    assertThat(courier.ready()).isTrue();
  }
}
