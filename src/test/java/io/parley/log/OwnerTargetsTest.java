package io.parley.log;

import static io.parley.log.OwnerFixture.await;
import static io.parley.log.OwnerFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Reason;
import io.parley.fixtures.PassingStore;
import io.parley.fixtures.TestPostgres;
import io.parley.log.LogApi.Appended;
import io.parley.stores.postgres.PostgresLogStore;
import io.parley.stores.postgres.PostgresPool;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner remembers of messages, when more are changed than it remembers. */
class OwnerTargetsTest {
  private static final int REMEMBERED = 100;
  private static final int OTHERS = 49;

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private OwnerFixture fixture;
  private OwnerFixture.Host owner;
  private LateStore late;

  /** Its answers to whoever asks for the first message are as old as a test wants them to be. */
  private static final class LateStore extends PassingStore {
    private final AtomicReference<Future<Void>> gate =
        new AtomicReference<>(Future.succeededFuture());
    private final Promise<Void> asked = Promise.promise();

    LateStore(LogStore real) {
      super(real);
    }

    @Override
    public Future<List<Shown>> at(LogId log, List<Long> places) {
      Future<List<Shown>> found = super.at(log, places);
      Future<Void> open = gate.get();
      if (open.isComplete() || !places.contains(1L)) {
        return found;
      }
      return found.compose(
          shown -> {
            asked.tryComplete();
            return open.map(shown);
          });
    }
  }

  @BeforeEach
  void open() {
    fixture =
        new OwnerFixture(
            vertx -> {
              late =
                  new LateStore(
                      new PostgresLogStore(PostgresPool.open(vertx, TestPostgres.database())));
              return late;
            });
    owner = fixture.owner();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<Future<Appended>> react(long from, long through, String cid) {
    return LongStream.rangeClosed(from, through)
        .mapToObj(seq -> owner.append(room, Entries.react(ann, cid + seq, seq, cid), 20_000))
        .toList();
  }

  /**
   * The first message is read again while a change of it is being written, and what was read
   * arrives after what was written; then it gets a reaction.
   */
  private Future<Appended> overtake(Draft change) {
    List<Future<Appended>> messages = new ArrayList<>();
    for (int i = 1; i <= REMEMBERED + OTHERS; i++) {
      messages.add(owner.append(room, Entries.message(ann, "m" + i)));
    }
    await(Future.all(messages));
    await(owner.append(room, Entries.edit(ann, "e", 1, "secret")));
    for (long seq = 1; seq <= REMEMBERED; seq++) {
      await(owner.append(room, Entries.react(ann, "a" + seq, seq, "a")));
    }
    Promise<Void> gate = Promise.promise();
    Future<Appended> held = owner.hold(gate.future());
    Future<Appended> changed = owner.append(room, change, 20_000);
    List<Future<Appended>> changes = new ArrayList<>(react(2, REMEMBERED, "b"));
    Promise<Void> begun = Promise.promise();
    Promise<Void> write = Promise.promise();
    owner.store.append(
        (real, batch) -> {
          begun.complete();
          return write.future().compose(open -> real.append(batch));
        });
    Promise<Void> answer = Promise.promise();
    late.gate.set(answer.future());
    gate.complete();
    await(held);
    await(begun.future());
    Future<Appended> last = owner.append(room, Entries.react(ann, "last", 1, "last"), 20_000);
    changes.addAll(react(REMEMBERED + 1, REMEMBERED + OTHERS, "b"));
    await(late.asked.future());

    write.complete();
    await(changed);
    answer.complete();
    await(Future.all(changes));
    return last;
  }

  private MessageState first() {
    return await(fixture.real.at(room, List.of(1L))).get(0).state();
  }

  @Test
  void whatWasReadBeforeAChangeIsNotLearntAfterIt() {
    await(overtake(Entries.react(ann, "b", 1, "b")));

    assertThat(first().reactions())
        .extracting(MessageState.Reaction::emoji)
        .containsExactly("a", "b", "last");
  }

  @Test
  void whatIsDeletedStaysSoWhateverWasReadBefore() {
    Future<Appended> last = overtake(Entries.delete(ann, "d", 1));

    assertThat(refusal(last)).isEqualTo(Reason.GONE);
    assertThat(first().deleted()).isTrue();
    assertThat(first().edited()).isEmpty();
  }
}
