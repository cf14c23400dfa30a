package io.parley.log;

import io.parley.log.Ownership.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which candidate owns which shard: by rendezvous hashing, so that all who see the same candidates
 * agree without a word, and no shard moves but those of a candidate that came or went.
 */
final class Shards {
  /** Nobody owns anything. */
  static final Shards NONE = new Shards(List.of(), new Owner[LogId.SHARDS], new long[LogId.SHARDS]);

  private final List<Candidate> candidates;
  private final @Nullable Owner[] owners;
  private final long[] terms;

  /**
   * A node that may own shards.
   *
   * @param instances how many log verticles share what the node owns
   */
  record Candidate(String node, int instances) {}

  private Shards(List<Candidate> candidates, @Nullable Owner[] owners, long[] terms) {
    this.candidates = candidates;
    this.owners = owners;
    this.terms = terms;
  }

  /** The shards among these, in any order; this very object when nothing has changed. */
  Shards among(Collection<Candidate> now) {
    List<Candidate> sorted = new ArrayList<>(now);
    sorted.sort((a, b) -> a.node().compareTo(b.node()));
    if (sorted.equals(candidates)) {
      return this;
    }
    @Nullable Owner[] next = new Owner[LogId.SHARDS];
    long[] nextTerms = terms.clone();
    for (int shard = 0; shard < LogId.SHARDS; shard++) {
      next[shard] = choose(shard, sorted);
      if (!Objects.equals(next[shard], owners[shard])) {
        nextTerms[shard]++;
      }
    }
    return new Shards(List.copyOf(sorted), next, nextTerms);
  }

  /** Who owns a shard; empty when there is no candidate. */
  Optional<Owner> owner(int shard) {
    return Optional.ofNullable(owners[shard]);
  }

  /** How often a shard has changed hands. */
  long term(int shard) {
    return terms[shard];
  }

  /** How many shards a node owns. */
  int count(String node) {
    return (int)
        Arrays.stream(owners).filter(owner -> owner != null && owner.node().equals(node)).count();
  }

  private static @Nullable Owner choose(int shard, List<Candidate> candidates) {
    Candidate best = null;
    long most = 0;
    for (Candidate each : candidates) {
      long weight = weight(shard, each.node());
      if (best == null || Long.compareUnsigned(weight, most) > 0) {
        best = each;
        most = weight;
      }
    }
    return best == null ? null : new Owner(best.node(), shard % best.instances());
  }

  /** FNV-1a over the name and the shard, stirred until every bit depends on every other. */
  private static long weight(int shard, String node) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < node.length(); i++) {
      hash = (hash ^ node.charAt(i)) * 0x100000001B3L;
    }
    hash = (hash ^ shard) * 0x100000001B3L;
    hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return hash ^ (hash >>> 33);
  }
}
