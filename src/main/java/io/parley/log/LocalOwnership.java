package io.parley.log;

/** The ownership of a node that is alone: its log verticles share the shards evenly. */
public final class LocalOwnership implements Ownership {
  private final String node;
  private final int instances;

  public LocalOwnership(String node, int instances) {
    if (instances < 1) {
      throw new IllegalArgumentException("a node without log verticles owns nothing");
    }
    this.node = node;
    this.instances = instances;
  }

  @Override
  public Owner of(int shard) {
    return new Owner(node, shard % instances);
  }
}
