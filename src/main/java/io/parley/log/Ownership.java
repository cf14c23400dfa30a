package io.parley.log;

import java.util.Set;

/** Who owns which shard, as this node sees it: a hint for speed, never a licence to write. */
public interface Ownership {

  /**
   * An owner.
   *
   * @param node the id of its node
   * @param instance which of the node's log verticles
   */
  record Owner(String node, int instance) {
    /** Where it listens, for {@code endpoint.at(place)}. */
    public String place() {
      return node + "/" + instance;
    }
  }

  /** The owner of a shard. Fails UNAVAILABLE while nobody is ready. */
  Owner of(int shard);

  /**
   * What a node's clock that never jumps says now, in milliseconds, as far as its last answers
   * tell: never ahead of it, and behind by no more than the fastest of them was under way.
   */
  long clock(String node);

  /** Tells somebody, from now on, of every change; on no particular thread. */
  void watch(Watcher watcher);

  /** Who wants to know of changes at once. */
  interface Watcher {

    /**
     * Shards have changed hands, or nodes have left.
     *
     * @param gone nodes that have left the cluster; they will answer nothing any more
     */
    void changed(Set<String> gone);
  }

  /** How often a shard has changed hands; what was known of it in another term is worth nothing. */
  long term(int shard);
}
