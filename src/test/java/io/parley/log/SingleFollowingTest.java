package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.MovableClock;
import io.parley.fixtures.PassingStore;
import io.parley.fixtures.TestPool;
import io.parley.stores.postgres.PostgresFollowerStore;
import io.parley.stores.postgres.PostgresLogStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever follows threads alone is brought them, and nothing else is read. */
class SingleFollowingTest {
  @RegisterExtension static final TestPool POOL = new TestPool();

  private final CountedStore store = new CountedStore(new PostgresLogStore(POOL.get()));
  private final FollowerStore positions = new PostgresFollowerStore(POOL.get());
  private final MovableClock clock = new MovableClock();
  private final UserId ann = Entries.user();
  private final LogId room = Entries.room();
  private final ThreadsOnly follower = new ThreadsOnly();

  /** Counts what is read of the room. */
  private static final class CountedStore extends PassingStore {
    private final List<Stretch> read = new ArrayList<>();

    CountedStore(LogStore real) {
      super(real);
    }

    @Override
    public Future<List<Shown>> shown(List<Stretch> stretches) {
      read.addAll(stretches);
      return super.shown(stretches);
    }

    long entries(LogId log) {
      return read.stream().filter(each -> each.log().equals(log)).mapToLong(Stretch::size).sum();
    }
  }

  /** Keeps what it is brought of the room. */
  private final class ThreadsOnly implements Follower {
    private final String name = "single-" + UUID.randomUUID();
    private final List<Long> taken = new ArrayList<>();
    private int most = Integer.MAX_VALUE;

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean fromTheStart() {
      return true;
    }

    @Override
    public boolean threadsOnly() {
      return true;
    }

    @Override
    public boolean follows(LogId log) {
      return log.equals(room);
    }

    @Override
    public Future<Void> take(List<Shown> entries, List<Shown> changed) {
      if (entries.size() > most) {
        return Future.failedFuture(new IllegalStateException("this takes too long"));
      }
      entries.forEach(each -> taken.add(each.entry().seq()));
      return Future.succeededFuture();
    }
  }

  @BeforeEach
  void begin() {
    Await.of(positions.begin(follower.name(), 0));
  }

  private Following node() {
    Following node =
        new Following(
            store,
            positions,
            follower,
            "a",
            clock,
            new FollowerMetrics(new SimpleMeterRegistry(), follower.name()));
    Await.of(node.claim());
    return node;
  }

  /** Said so long ago; in the thread of the first, or among the others of the room. */
  private Entry said(long seq, boolean inThread, Duration ago) {
    String cid = "c" + seq;
    Entry plain =
        Entries.at(room, seq, inThread ? Entries.inThread(ann, cid, 1) : Entries.message(ann, cid));
    return new Entry(
        room,
        seq,
        plain.n(),
        clock.instant().minus(ago).toEpochMilli(),
        plain.id(),
        plain.kind(),
        ann,
        plain.name(),
        cid,
        plain.target(),
        plain.countable(),
        Optional.empty(),
        Optional.empty(),
        plain.body(),
        plain.digest());
  }

  /** One in a thread for each of so many entries. */
  private List<Long> given(int many, int each, Duration ago) {
    List<Entry> entries = new ArrayList<>();
    List<Long> inThread = new ArrayList<>();
    for (long seq = 1; seq <= many; seq++) {
      if (seq % each == 0) {
        inThread.add(seq);
      }
      entries.add(said(seq, seq % each == 0, ago.minusMillis(seq)));
    }
    Await.of(store.append(entries));
    return inThread;
  }

  private void given(Entry entry) {
    Await.of(store.append(List.of(entry)));
  }

  private static LogApi.Moved hint(Entry newest) {
    return new LogApi.Moved(
        List.of(new LogApi.Head(newest.log(), newest.seq(), newest.n(), newest.at(), "")),
        Optional.empty());
  }

  @Test
  void ofALogWithGapsBetweenItsRepliesNothingElseIsReadAndEachOnce() {
    List<Long> inThread = given(2_500, 5, Duration.ofMinutes(2));

    Following node = node();
    Await.of(node.sweep());
    Await.of(node.sweep());

    assertThat(follower.taken).isEqualTo(inThread);
    assertThat(store.entries(room)).isEqualTo(inThread.size());
  }

  @Test
  void whatIsTooMuchAtOnceIsTakenInSmallerParts() {
    List<Long> inThread = given(300, 1, Duration.ofMinutes(2));
    follower.most = 7;
    Following node = node();
    for (int i = 0; i < 5; i++) {
      Await.failure(node.sweep());
    }
    assertThat(follower.taken).isEmpty();

    Await.of(node.sweep());

    assertThat(follower.taken).isEqualTo(inThread);
  }

  @Test
  void aReplyLongAfterTheLastIsReadAlone() {
    Following node = node();
    Await.of(node.sweep());
    given(900, 1_000, Duration.ofMinutes(2));
    Entry first = said(901, true, Duration.ofSeconds(1));
    given(first);
    node.stirred(hint(first));
    Await.of(node.look());
    List<Entry> between = new ArrayList<>();
    for (long seq = 902; seq < 1_400; seq++) {
      between.add(said(seq, false, Duration.ZERO));
    }
    Await.of(store.append(between));
    Entry second = said(1_400, true, Duration.ZERO);
    given(second);
    node.stirred(hint(second));
    Await.of(node.look());

    assertThat(follower.taken).containsExactly(901L, 1_400L);
    assertThat(store.entries(room)).isEqualTo(2);
  }

  @Test
  void oneThatIsFoundLateBetweenTwoThatWereDoneIsTaken() {
    Following node = node();
    Await.of(node.sweep());
    for (long seq : List.of(1L, 2L, 3L)) {
      Entry each = said(seq, true, seq == 2 ? Duration.ofMinutes(3) : Duration.ZERO);
      given(each);
      if (seq != 2) {
        node.stirred(hint(each));
        Await.of(node.look());
      }
    }
    assertThat(follower.taken).containsExactly(1L, 3L);

    Await.of(node.sweep());

    assertThat(follower.taken).containsExactly(1L, 3L, 2L);
  }
}
