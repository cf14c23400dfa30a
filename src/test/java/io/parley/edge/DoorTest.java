package io.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.EdgeConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorTest {
  private static final String NODE = "192.0.2.1";
  private static final int FILES = 5_000;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private Door door(int connections, int perAddress) {
    return new Door(Edges.limits(connections, perAddress, 2), FILES, new Random(1), meters);
  }

  @Test
  void oneAddressMayComeSoOftenThenItIsToldThenItIsCutOff() {
    Door door = door(1_000, 20);

    List<Optional<Door.Place>> places =
        IntStream.range(0, 30).mapToObj(i -> door.enter("198.51.100.7", NODE)).toList();

    assertThat(places.subList(0, 20)).allMatch(place -> place.orElseThrow().refusal().isEmpty());
    assertThat(places.subList(20, 22))
        .allMatch(place -> reason(place.orElseThrow()) == Reason.RATE_LIMITED);
    assertThat(places.subList(22, 30)).allMatch(Optional::isEmpty);
    assertThat(door.enter("198.51.100.8", NODE).orElseThrow().refusal()).isEmpty();
    assertThat(door.connections()).isEqualTo(23);
  }

  @Test
  void whoeverLeavesMakesRoomAndOnlyOnce() {
    Door door = door(1_000, 1);
    Door.Place first = door.enter("198.51.100.7", NODE).orElseThrow();
    Door.Place second = door.enter("198.51.100.7", NODE).orElseThrow();

    second.leave();
    first.leave();
    first.leave();

    assertThat(door.connections()).isZero();
    assertThat(door.enter("198.51.100.7", NODE).orElseThrow().refusal()).isEmpty();
    assertThat(reason(door.enter("198.51.100.7", NODE).orElseThrow()))
        .isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void aNodeBearsSoManyWhereverTheyComeFrom() {
    Door door = door(10, 0);
    List<Door.Place> places = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      places.add(door.enter("198.51.100." + i, NODE).orElseThrow());
    }

    assertThat(reason(places.get(10))).isEqualTo(Reason.OVERLOADED);
    assertThat(door.enter("198.51.100.99", NODE)).isEmpty();
    assertThat(meters.get("parley.edge.refused").tag("how", "cut").counter().count()).isEqualTo(1);
    assertThat(meters.get("parley.edge.connections").gauge().value()).isEqualTo(11);
  }

  @Test
  void withoutALimitOfItsOwnItKeepsFilesForItself() {
    Door door = door(0, 0);

    for (int i = 0; i < FILES - 1_024; i++) {
      assertThat(door.enter("", "").orElseThrow().refusal()).isEmpty();
    }

    assertThat(reason(door.enter("", "").orElseThrow())).isEqualTo(Reason.OVERLOADED);
  }

  @Test
  void thoseFromThisMachineStandForMany() {
    Door door = door(1_000, 1);

    for (int i = 0; i < 100; i++) {
      assertThat(door.enter(NODE, NODE).orElseThrow().refusal()).isEmpty();
    }
  }

  @Test
  void thoseBehindATrustedProxyAreCountedOneByOne() {
    EdgeConfig limits = Edges.limits(1_000, 2, 2, List.of("10.0.0.0/8"));
    Door door = new Door(limits, FILES, new Random(1), meters);
    Remote one = new Remote("198.51.100.7", true, false);
    Remote other = new Remote("198.51.100.8", true, false);

    for (int i = 0; i < 100; i++) {
      assertThat(door.enter("10.0.0.1", NODE).orElseThrow().refusal()).isEmpty();
    }
    assertThat(door.join(one)).isEmpty();
    assertThat(door.join(one)).isEmpty();
    assertThat(door.join(one).orElseThrow().reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(door.join(other)).isEmpty();
    door.part(one);
    assertThat(door.join(one)).isEmpty();
    assertThat(door.join(one)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "198.51.100.7, 198.51.100.8, false",
    "fe80::1%eth0, fe80::2%eth0, true",
  })
  void aNetworkOfIpv6CountsAsOneAddress(String one, String other, boolean same) {
    Door door = door(1_000, 1);
    door.enter(one, NODE);

    assertThat(door.enter(other, NODE).orElseThrow().refusal().isPresent()).isEqualTo(same);
  }

  @Test
  void whatMustBeAdmittedAtOnceIsOrFails() {
    Door door = door(1_000, 1);
    door.admit("198.51.100.7", NODE);

    Failure failure =
        Assertions.catchThrowableOfType(Failure.class, () -> door.admit("198.51.100.7", NODE));

    assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(failure.details()).containsKey("retryAfterMs");
    assertThat(door.connections()).isEqualTo(1);
  }

  @Test
  void aUserMayHaveSoManyRequestsUnderWay() {
    Door door = door(0, 0);
    Promise<String> slow = Promise.promise();
    Future<String> first = door.serve("ann", slow::future);
    door.serve("ann", slow::future);

    Failure third = Await.failure(door.serve("ann", slow::future));
    String other = Await.of(door.serve("bob", () -> Future.succeededFuture("served")));
    slow.complete("done");

    assertThat(third.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(other).isEqualTo("served");
    assertThat(Await.of(first)).isEqualTo("done");
    assertThat(Await.of(door.serve("ann", () -> Future.succeededFuture("again"))))
        .isEqualTo("again");
  }

  @Test
  void aRequestThatFailsIsNotUnderWayAnyMore() {
    Door door = door(0, 0);

    for (int i = 0; i < 10; i++) {
      Failure failure =
          Await.failure(
              door.serve(
                  "ann",
                  () -> {
                    throw Failure.invalid("x", "is wrong");
                  }));
      assertThat(failure.reason()).isEqualTo(Reason.INVALID);
    }
  }

  private static Reason reason(Door.Place place) {
    return place.refusal().orElseThrow().reason();
  }
}
