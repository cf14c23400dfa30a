package io.parley.faults;

import static java.time.Duration.ofSeconds;

import io.parley.faults.Arming.Deed;
import io.parley.fixtures.Await;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes end at each step of a post, messages are lost on each stretch, and answers of the store.
 */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class StepFaultsIT {
  private static final int EDGE = 1;
  private static final int OWNER = 2;
  private static final int NEW_ROOMS = 12;
  private static final Duration TIME = ofSeconds(6);
  private static final Duration OFTEN = Duration.ofMillis(300);

  private static FaultCluster cluster;

  @BeforeAll
  static void start(@TempDir Path data) {
    cluster =
        FaultCluster.embedded(
            data,
            List.of(FaultCluster.ALL_ROLES, "http,bridge", "persistence,media"),
            builder -> builder.main(FaultyNode.class));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(EDGE, Point.APPEND_LEAVES, Deed.HALT_AFTER),
        Arguments.of(EDGE, Point.ACK_ARRIVES, Deed.HALT),
        Arguments.of(EDGE, Point.DELIVERY_ARRIVES, Deed.HALT),
        Arguments.of(OWNER, Point.APPEND_ARRIVES, Deed.HALT),
        Arguments.of(OWNER, Point.WRITE_BEGINS, Deed.HALT),
        Arguments.of(OWNER, Point.WRITE_ENDS, Deed.HALT),
        Arguments.of(OWNER, Point.DELIVERY_LEAVES, Deed.HALT),
        Arguments.of(OWNER, Point.ACK_LEAVES, Deed.HALT),
        Arguments.of(OWNER, Point.ACK_LEAVES, Deed.HALT_AFTER),
        Arguments.of(OWNER, Point.ALIVE_LEAVES, Deed.HALT),
        Arguments.of(OWNER, Point.CHANGE_LEAVES, Deed.HALT),
        Arguments.of(OWNER, Point.CHANGE_STANDS, Deed.HALT));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void aNodeEndsAtAStep(int node, Point point, Deed deed) throws Exception {
    String who = node == EDGE ? "an edge" : "an owner";
    String when = deed == Deed.HALT ? " is killed at " : " is killed right after ";
    FaultRun.of(who + when + point.word(), cluster)
        .kickEvery(OFTEN)
        .cutEvery(ofSeconds(5))
        .strike(scene -> end(scene, node, Arming.of(point, deed)));
  }

  @Test
  void anOwnerEndsWhileItGrantsALease() throws Exception {
    endWhileRoomsAreNew("an owner", OWNER, Point.GRANT_LEAVES);
  }

  @Test
  void anEdgeEndsWhileItAsksForALease() throws Exception {
    endWhileRoomsAreNew("an edge", EDGE, Point.LEASE_LEAVES);
  }

  /** Leases are asked for when somebody listens to a room to which nobody listened before. */
  private static void endWhileRoomsAreNew(String who, int node, Point point) throws Exception {
    FaultRun.of(who + " is killed at " + point.word(), cluster)
        .strike(
            scene -> {
              RestUser user = RestClient.signUp(cluster.node(0).httpPort(), "Listener");
              List<String> rooms =
                  IntStream.range(0, NEW_ROOMS)
                      .mapToObj(each -> user.rest().room("new " + each, "public"))
                      .toList();
              FaultyControl control = FaultyControl.of(cluster.node(node));
              Vertx vertx = Vertx.vertx();
              try (SocketClient there =
                  SocketClient.open(vertx, cluster.node(EDGE).bridgePort(), user.token())) {
                control.armEnd(Arming.of(point, Deed.HALT));
                rooms.forEach(room -> there.register("room." + room, Optional.empty()));
                cluster.node(node).awaitExit();
                scene.strikeNow("killed at " + point.word());
              } finally {
                Await.of(vertx.close());
              }
              return control.fired(point);
            });
  }

  static Stream<Arguments> mishaps() {
    return Stream.of(
        Arguments.of("every 5th delivery is lost", of(Point.DELIVERY_LEAVES, Deed.DROP, 5)),
        Arguments.of("every 4th delivery is overtaken", of(Point.DELIVERY_LEAVES, Deed.SWAP, 4)),
        Arguments.of("every 4th delivery comes twice", of(Point.DELIVERY_LEAVES, Deed.TWICE, 4)),
        Arguments.of(
            "every 5th delivery comes 0.5 s late",
            of(Point.DELIVERY_ARRIVES, Deed.DELAY, 5).millis(500)),
        Arguments.of("every 10th write is lost", of(Point.WRITE_BEGINS, Deed.DROP, 10)),
        Arguments.of(
            "every 10th reply of the store is lost after the commit",
            of(Point.WRITE_ENDS, Deed.DROP, 10)),
        Arguments.of("every 10th acknowledgement is lost", of(Point.ACK_LEAVES, Deed.DROP, 10)),
        Arguments.of("every 10th post is lost", of(Point.APPEND_LEAVES, Deed.DROP, 10)),
        Arguments.of("every keep-alive is lost", of(Point.ALIVE_LEAVES, Deed.DROP, 1)),
        Arguments.of(
            "every 50th write takes the owner's thread for 1 s",
            of(Point.WRITE_ENDS, Deed.STAND, 50).millis(1_000)),
        Arguments.of(
            "the relay against a second change: every 2nd change is 3 s late",
            of(Point.CHANGE_LEAVES, Deed.DELAY, 2).millis(3_000)),
        Arguments.of(
            "the relay against a second change: every 2nd answer is lost",
            of(Point.CHANGE_STANDS, Deed.DROP, 2)));
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void somethingIsLostOrLateAgainAndAgain(String name, Arming arming) throws Exception {
    FaultRun.of(name, cluster)
        .kickEvery(OFTEN)
        .cutEvery(ofSeconds(5))
        .strike(scene -> trouble(scene, name, arming));
  }

  @Test
  void peopleAreRemovedOverAndOverWhileTheyPostAndComeBackAndAnOwnerEnds() throws Exception {
    FaultRun.of("removals race with posts, subscribers and a kill", cluster)
        .kickEvery(Duration.ofMillis(100))
        .cutEvery(ofSeconds(2))
        .strike(
            scene -> {
              scene.pass(TIME);
              return end(scene, OWNER, Arming.of(Point.WRITE_ENDS, Deed.HALT));
            });
  }

  @Test
  void theLastDeliveryOfARoomIsLostAndNothingFollowsIt() throws Exception {
    FaultRun.of("the last delivery of a room is lost", cluster)
        .clients(4, 1)
        .rooms(1)
        .rate(1)
        .strike(StepFaultsIT::loseTheLast);
  }

  /** In a room of its own, which says nothing more afterwards. */
  private static long loseTheLast(Scene scene) {
    RestUser user = RestClient.signUp(cluster.node(0).httpPort(), "Last");
    String room = user.rest().room("last", "public");
    List<FaultyControl> controls = controls();
    long before = fired(controls, Point.DELIVERY_LEAVES);
    Vertx vertx = Vertx.vertx();
    try (SocketClient there =
        SocketClient.open(vertx, cluster.node(EDGE).bridgePort(), user.token())) {
      there.listen(room, Optional.empty());
      say(user, room, "first");
      FaultCluster.patiently("the first one").until(() -> there.entries(room).size() == 1);
      Arming once = Arming.of(Point.DELIVERY_LEAVES, Deed.DROP).room(room);
      controls.forEach(control -> control.arm(once));
      scene.strikeNow("a delivery is lost");
      say(user, room, "last");
      FaultCluster.patiently("the last one").until(() -> there.entries(room).size() == 2);
    } finally {
      Await.of(vertx.close());
    }
    return fired(controls, Point.DELIVERY_LEAVES) - before;
  }

  private static void say(RestUser user, String room, String text) {
    user.rest().post("/api/rooms/" + room + "/messages", Map.of("text", text)).expect(201);
  }

  private static List<FaultyControl> controls() {
    return IntStream.range(0, cluster.size())
        .mapToObj(each -> FaultyControl.of(cluster.node(each)))
        .toList();
  }

  private static Arming of(Point point, Deed deed, int every) {
    return Arming.of(point, deed).every(every);
  }

  private static long end(Scene scene, int node, Arming arming) {
    FaultyControl control = FaultyControl.of(cluster.node(node));
    long before = control.fired(arming.point());
    control.armEnd(arming);
    cluster.node(node).awaitExit();
    scene.strikeNow("killed at " + arming.point().word());
    return control.fired(arming.point()) - before;
  }

  private static long trouble(Scene scene, String name, Arming arming) {
    List<FaultyControl> controls = controls();
    long before = fired(controls, arming.point());
    scene.strikeNow(name);
    controls.forEach(control -> control.arm(arming));
    scene.pass(TIME);
    controls.forEach(control -> control.disarm(arming.point()));
    return fired(controls, arming.point()) - before;
  }

  private static long fired(List<FaultyControl> controls, Point point) {
    return controls.stream().mapToLong(control -> control.fired(point)).sum();
  }
}
