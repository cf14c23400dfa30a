package io.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.faults.Arming.Deed;
import io.parley.fixtures.Await;
import io.parley.fixtures.FreePorts;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.SocketClient;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A node can be made to fail at each step of a post, also where a message never leaves it. */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class FailpointsIT {
  private static final int KILLED = 137;
  private static final Set<Point> BY_THEMSELVES = Set.of(Point.HEADS_LEAVE, Point.READ_LEAVES);

  private final Vertx vertx = Vertx.vertx();

  @Test
  void everyStepIsAPointAndWhatWasDurableOutlivesAnEndAtAnyOfThem(@TempDir Path data) {
    ParleyProcess.Builder builder =
        ParleyProcess.serve(data).with("--http-port", "" + FreePorts.one()).main(FaultyNode.class);
    try (ParleyProcess node = builder.start().awaitReady()) {
      FaultyControl control = FaultyControl.of(node);
      for (Point each : Point.values()) {
        control.arm(Arming.of(each, Deed.DELAY).millis(5));
      }
      RestUser user = RestClient.signUp(node.httpPort(), "Halt");
      String room = user.rest().room("points", "public");
      try (SocketClient socket = SocketClient.open(vertx, node.bridgePort(), user.token())) {
        socket.listen(room, Optional.empty());
        Await.of(socket.post(room, "c1", "one"));
        await().until(() -> socket.entries(room).size() == 1);
        RestUser leaver = RestClient.signUp(node.httpPort(), "Leaver");
        leaver.rest().ask("DELETE", "/api/me/sessions", Map.of()).expect(200);
        await()
            .atMost(Duration.ofSeconds(15))
            .untilAsserted(() -> assertThat(Point.values()).allMatch(p -> firedOnce(control, p)));

        control.arm(Arming.of(Point.WRITE_ENDS, Deed.HALT).room(room));
        assertThat(Await.failure(socket.post(room, "c2", "two"))).isNotNull();
      }
      assertThat(node.awaitExit()).isEqualTo(KILLED);
      assertThat(control.fired(Point.WRITE_ENDS)).isEqualTo(2);
      try (ParleyProcess again = node.restart().awaitReady()) {
        RestClient.Answer answer =
            user.rest()
                .post("/api/rooms/" + room + "/messages", Map.of("text", "two", "cid", "c2"));
        assertThat(answer.body().path("duplicate").asBoolean()).as("%s", answer.body()).isTrue();
        assertThat(again.isAlive()).isTrue();
      }
    } finally {
      Await.of(vertx.close());
    }
  }

  private static boolean firedOnce(FaultyControl control, Point point) {
    return BY_THEMSELVES.contains(point) || control.fired(point) == 1;
  }
}
