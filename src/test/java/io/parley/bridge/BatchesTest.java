package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.bus.Bytes;
import io.parley.fixtures.Await;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicBoolean held = new AtomicBoolean();
  private final List<Ear.Parcel> delivered = new CopyOnWriteArrayList<>();
  private final Batches batches = new Batches(vertx, held::get, delivered::add);
  private final LogId one = LogId.room(UUID.randomUUID());
  private final LogId other = LogId.room(UUID.randomUUID());

  @AfterEach
  void stop() {
    Await.of(vertx.close());
  }

  @Test
  void usuallyWhatComesIsHandedOnAtOnceAndAsItIs() {
    Ear.Parcel parcel = parcel(run(one, 10, 1, 2));

    take(parcel);

    assertThat(delivered).containsExactly(parcel);
  }

  @Test
  void whileItIsHeldBackWhatComesForALogGoesOutAsOne() {
    held.set(true);

    take(parcel(run(one, 10, 1, 2)), parcel(run(other, 10, 7)), parcel(run(one, 10, 3)));
    await().until(() -> delivered.size() == 1);

    assertThat(delivered.get(0).runs()).containsExactly(run(one, 10, 1, 2, 3), run(other, 10, 7));
  }

  @Test
  void nothingOvertakesWhatWaits() {
    held.set(true);
    take(parcel(run(one, 10, 1)));
    held.set(false);
    take(parcel(run(one, 10, 2)));
    await().until(() -> !delivered.isEmpty());
    take(parcel(run(one, 10, 3)));

    assertThat(delivered).containsExactly(parcel(run(one, 10, 1, 2)), parcel(run(one, 10, 3)));
  }

  @Test
  void noMoreThanSoMuchWaits() {
    held.set(true);

    for (int seq = 1; seq <= 80; seq++) {
      take(parcel(run(one, 60_000, seq)));
    }

    assertThat(delivered).hasSize(1);
    assertThat(delivered.get(0).runs().get(0).entries()).hasSize(70);
  }

  private void take(Ear.Parcel... parcels) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        turn -> {
          List.of(parcels).forEach(batches::take);
          done.complete();
        });
    Await.of(done.future());
  }

  private static Ear.Parcel parcel(Ear.Run... runs) {
    return new Ear.Parcel(List.of(runs), List.of());
  }

  private static Ear.Run run(LogId log, int size, long... seqs) {
    Bytes json = new Bytes(new byte[size]);
    return new Ear.Run(
        log,
        Arrays.stream(seqs)
            .mapToObj(seq -> new LogApi.Encoded(log, seq, json, Optional.empty()))
            .toList());
  }
}
