package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.fixtures.PassingStore;
import io.parley.fixtures.TestPool;
import io.parley.log.ThreadsApi.Weigh;
import io.parley.log.ThreadsApi.Weight;
import io.parley.stores.postgres.PostgresLogStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far messages stand in their threads, and what it costs to know. */
class DepthsTest {
  private static final int ENTRIES = 120;

  @RegisterExtension static final TestPool POOL = new TestPool();

  private final CountedStore store = new CountedStore(new PostgresLogStore(POOL.get()));
  private final Threads threads = new Threads(store, new EntryJson(Samples.EPOCH));
  private final UserId ann = Entries.user();
  private final LogId room = Entries.room();

  /** Notes which parts of threads are counted, and how many messages that were. */
  private static final class CountedStore extends PassingStore {
    private final List<Strand> counted = new ArrayList<>();
    private long messages;
    private int tallies;

    CountedStore(LogStore real) {
      super(real);
    }

    @Override
    public Future<List<Long>> lengths(List<Strand> strands) {
      counted.addAll(strands);
      return super.lengths(strands)
          .onSuccess(found -> messages += found.stream().mapToLong(each -> each).sum());
    }

    @Override
    public Future<List<Tally>> tallies(List<Strand> strands) {
      tallies++;
      return super.tallies(strands);
    }
  }

  /** Two messages, and so many answers in their threads, to the first unless it is said. */
  private void given(List<Long> toTheSecond) {
    List<Entry> roots = Entries.run(room, 1, 2, ann);
    Await.of(store.append(roots));
    List<Entry> entries = new ArrayList<>();
    Shown first = Shown.fresh(roots.get(0));
    Shown second = Shown.fresh(roots.get(1));
    for (long seq = 3; seq <= ENTRIES; seq++) {
      long root = toTheSecond.contains(seq) ? 2 : 1;
      Entry reply = Entries.at(room, seq, Entries.inThread(ann, "c" + seq, root));
      entries.add(reply);
      first = root == 1 ? first.after(reply) : first;
      second = root == 2 ? second.after(reply) : second;
    }
    List<Revised> revised = new ArrayList<>(List.of(new Revised(room, 1, first.state())));
    if (!toTheSecond.isEmpty()) {
      revised.add(new Revised(room, 2, second.state()));
    }
    Await.of(store.append(entries, revised));
  }

  private ThreadsApi.Strand upTo(long root, long place) {
    return new ThreadsApi.Strand(room, root, ann, place);
  }

  private List<Long> depths(List<ThreadsApi.Strand> asked) {
    return Await.of(threads.weigh(new Weigh(asked, true))).weights().stream()
        .map(Weight::n)
        .toList();
  }

  @RepeatedTest(3)
  void eachMessageStandsWhereCountingComesToAndNoneIsCountedTwice() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Long> toTheSecond =
        LongStream.rangeClosed(3, ENTRIES).filter(seq -> random.nextInt(3) == 0).boxed().toList();
    given(toTheSecond);
    List<ThreadsApi.Strand> asked = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long root = 1L + random.nextInt(2);
      long place = random.nextInt(ENTRIES + 10);
      asked.add(upTo(root, place));
      expected.add(
          LongStream.rangeClosed(3, Math.min(place, ENTRIES))
              .filter(seq -> toTheSecond.contains(seq) == (root == 2))
              .count());
    }

    assertThat(depths(asked)).as("seed %s", seed).isEqualTo(expected);
    assertThat(store.messages).as("seed %s", seed).isLessThanOrEqualTo(ENTRIES);
  }

  @Test
  void whatIsNewAtTheEndOfALongThreadCostsNoCounting() {
    given(List.of());

    assertThat(depths(List.of(upTo(1, ENTRIES)))).containsExactly(ENTRIES - 2L);
    assertThat(depths(List.of(upTo(1, ENTRIES - 1), upTo(1, ENTRIES))))
        .containsExactly(ENTRIES - 3L, ENTRIES - 2L);

    assertThat(store.messages).isEqualTo(1);
    assertThat(store.tallies).isZero();
  }

  @Test
  void whatHasNoThreadIsNotCounted() {
    given(List.of());

    assertThat(depths(List.of(upTo(2, 50), upTo(7, 50), upTo(1, 0)))).containsExactly(0L, 0L, 0L);
    assertThat(store.counted).isEmpty();
  }
}
