package io.parley.cli.load;

/**
 * The most of what nodes had at once, as far as anybody looked.
 *
 * @param residentBytes of their processes, all together
 * @param heapBytes which their objects took, those included that nobody needs any more
 * @param overload the highest step of any
 */
record Peak(long residentBytes, long heapBytes, double overload) {
  static final Peak NOTHING = new Peak(0, 0, 0);

  static Peak of(Stock stock) {
    NodeUse all = stock.sum();
    return new Peak(all.residentBytes(), all.heapBytes(), all.overload());
  }

  static Peak ofProcesses(long residentBytes) {
    return new Peak(residentBytes, 0, 0);
  }

  /** What a node says of itself. */
  static Peak counted(Scrape page) {
    return new Peak(0, NodeUse.heapBytes(page), page.total("parley_overload_level"));
  }

  /** That of two nodes at the same moment. */
  Peak beside(Peak other) {
    return new Peak(
        residentBytes + other.residentBytes,
        heapBytes + other.heapBytes,
        Math.max(overload, other.overload));
  }

  /** The higher of two moments. */
  Peak or(Peak other) {
    return new Peak(
        Math.max(residentBytes, other.residentBytes),
        Math.max(heapBytes, other.heapBytes),
        Math.max(overload, other.overload));
  }
}
