package io.parley.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.fixtures.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CorrelationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void theCallersOwnIdIsKept() {
    assertThat(Correlation.of("order-7.B_x", "00-" + TRACE + "-00f067aa0ba902b7-01").id())
        .isEqualTo("order-7.B_x");
    assertThat(Correlation.of(null, "00-" + TRACE + "-00f067aa0ba902b7-01").id()).isEqualTo(TRACE);
  }

  @Test
  void whatCouldForgeALogLineIsReplaced() {
    for (String bad : new String[] {"", "a b", "x\nERROR", "é", "a".repeat(65), "\u001b[31m"}) {
      assertThat(Correlation.of(bad, null).id()).matches("[0-9a-f]{32}");
    }
    for (String bad : new String[] {"00-xyz", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01"}) {
      assertThat(Correlation.of(null, bad).id()).matches("[0-9a-f]{32}").doesNotMatch("0+");
    }
  }

  @Test
  void itStaysWithTheRequestAcrossAsynchronousSteps() {
    Promise<String> seen = Promise.promise();
    vertx.runOnContext(
        start ->
            new Correlation("mine")
                .run(
                    () ->
                        vertx
                            .timer(1)
                            .compose(fired -> vertx.executeBlocking(CorrelationTest::current))
                            .map(blocking -> blocking + " " + current())
                            .onComplete(seen)));
    assertThat(Await.of(seen.future())).isEqualTo("mine mine");
  }

  @Test
  void aStepWithAnOutcomeGivesItAndMayThrow() {
    Promise<String> seen = Promise.promise();
    vertx.runOnContext(
        start ->
            new Correlation("mine")
                .during(() -> vertx.timer(1).map(fired -> current()))
                .onComplete(seen));
    assertThat(Await.of(seen.future())).isEqualTo("mine");
    Promise<String> thrown = Promise.promise();
    vertx.runOnContext(
        start ->
            new Correlation("mine")
                .<String>during(
                    () -> {
                      throw new IllegalStateException("broken");
                    })
                .onComplete(thrown));
    assertThatThrownBy(() -> Await.of(thrown.future())).hasMessage("broken");
    assertThat(Await.of(new Correlation("mine").during(() -> Future.succeededFuture("off"))))
        .isEqualTo("off");
  }

  @Test
  void itNeverSticksToAContextThatServesMany() {
    Promise<String> seen = Promise.promise();
    ContextInternal shared = (ContextInternal) vertx.getOrCreateContext();
    shared.runOnContext(
        start -> {
          new Correlation("mine").enter();
          new Correlation("theirs").run(() -> {});
          seen.complete(current());
        });
    assertThat(Await.of(seen.future())).isEqualTo("nobody");
    assertThat(Correlation.current()).isEqualTo(Optional.empty());
  }

  private static String current() {
    return Correlation.current().map(Correlation::id).orElse("nobody");
  }
}
