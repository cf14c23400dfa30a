package io.parley.faults;

import io.parley.cli.verify.Verification;
import io.parley.fixtures.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What a fault is brought about with, while clients talk. */
final class Scene {
  private final FaultCluster cluster;
  private final Vertx vertx;
  private final Verification verification;
  private final Random random;
  private boolean struck;

  Scene(FaultCluster cluster, Vertx vertx, Verification verification, Random random) {
    this.cluster = cluster;
    this.vertx = vertx;
    this.verification = verification;
    this.random = random;
  }

  FaultCluster cluster() {
    return cluster;
  }

  Verification verification() {
    return verification;
  }

  Random random() {
    return random;
  }

  /** From this moment on the recovery is timed; the slowest counts when there are several. */
  void strikeNow(String what) {
    struck = true;
    Await.of(verification.fault(what));
  }

  boolean struck() {
    return struck;
  }

  /** The clients talk on for a while, and nothing else happens. */
  void pass(Duration time) {
    Await.of(vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS));
  }
}
