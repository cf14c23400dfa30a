package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.log.Shards.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ShardsTest {
  private static final Logger LOG = LoggerFactory.getLogger(ShardsTest.class);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeEach
  void tell() {
    LOG.info("seed {}", seed);
  }

  @Test
  void withoutCandidatesNobodyOwnsAnything() {
    assertThat(shards()).allMatch(shard -> Shards.NONE.owner(shard).isEmpty());
    Shards once = Shards.NONE.among(nodes(2)).among(List.of());
    assertThat(shards()).allMatch(shard -> once.owner(shard).isEmpty());
  }

  @Test
  void whoSeesTheSameCandidatesAgreesWhateverTheOrderAndThePast() {
    List<Candidate> some = nodes(5);
    List<Candidate> shuffled = new ArrayList<>(some);
    Collections.shuffle(shuffled, random);
    Shards other = Shards.NONE.among(nodes(3)).among(shuffled);
    Shards one = Shards.NONE.among(some);

    assertThat(shards()).allMatch(shard -> one.owner(shard).equals(other.owner(shard)));
  }

  @Test
  void everyCandidateGetsAFairShareAndEachOfItsInstancesToo() {
    List<Candidate> some = nodes(4);
    Shards table = Shards.NONE.among(some);

    for (Candidate each : some) {
      assertThat(table.count(each.node())).isBetween(25, 115);
      for (int instance = 0; instance < each.instances(); instance++) {
        var owner = new Ownership.Owner(each.node(), instance);
        assertThat(shards()).anyMatch(shard -> table.owner(shard).orElseThrow().equals(owner));
      }
    }
  }

  @Test
  void onlyTheShardsOfWhoeverLeavesMoveAndOnlyTheirTermsChange() {
    List<Candidate> some = nodes(5);
    Candidate leaving = some.get(random.nextInt(5));
    Shards before = Shards.NONE.among(some);
    Shards after = before.among(some.stream().filter(each -> !each.equals(leaving)).toList());

    for (int shard : shards()) {
      boolean its = before.owner(shard).orElseThrow().node().equals(leaving.node());
      assertThat(before.owner(shard).equals(after.owner(shard))).isEqualTo(!its);
      assertThat(after.term(shard) - before.term(shard)).isEqualTo(its ? 1 : 0);
    }
    Shards again = after.among(some);
    assertThat(shards()).allMatch(shard -> again.owner(shard).equals(before.owner(shard)));
    assertThat(again.count(leaving.node())).isEqualTo(before.count(leaving.node())).isPositive();
  }

  @Test
  void nothingChangesWithoutACause() {
    List<Candidate> some = nodes(3);
    Shards table = Shards.NONE.among(some);
    Collections.reverse(some);

    assertThat(table.among(some)).isSameAs(table);
  }

  @Test
  void anotherNumberOfInstancesIsAChange() {
    Shards one = Shards.NONE.among(List.of(new Candidate("a", 1)));
    Shards two = one.among(List.of(new Candidate("a", 2)));

    assertThat(shards()).allMatch(shard -> two.owner(shard).orElseThrow().instance() == shard % 2);
    assertThat(two.term(0)).isEqualTo(one.term(0));
    assertThat(two.term(1)).isEqualTo(one.term(1) + 1);
  }

  private static List<Integer> shards() {
    return IntStream.range(0, LogId.SHARDS).boxed().toList();
  }

  private List<Candidate> nodes(int count) {
    List<Candidate> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = new UUID(random.nextLong(), random.nextLong()).toString();
      nodes.add(new Candidate(name, 1 + random.nextInt(3)));
    }
    return nodes;
  }
}
