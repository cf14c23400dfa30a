package io.parley.limits;

/**
 * How fast anybody may go on. Answers at once, from the memory of the node, on any thread; what
 * other nodes have counted is known a second later, or not at all while there is nobody to ask.
 */
public interface Rates {
  /** Nobody is ever too fast. */
  Rates NONE =
      new Rates() {
        @Override
        public long take(Rate rate, Object who) {
          return 0;
        }

        @Override
        public Quota ask(Rate rate, Object who) {
          return Quota.UNLIMITED;
        }

        @Override
        public void giveBack(Rate rate, Object who) {
          // nothing was taken
        }
      };

  /**
   * Takes one of what somebody may do.
   *
   * @param who a user's id, an address as it is counted, or a word; compared by equality
   * @return 0 when it was there, otherwise after how many milliseconds it is worth asking again
   */
  long take(Rate rate, Object who);

  /** The same, and tells what is left. */
  Quota ask(Rate rate, Object who);

  /** Puts one back that has turned out to cost nothing. */
  void giveBack(Rate rate, Object who);

  /**
   * How somebody stands after a question.
   *
   * @param limit how many at once; 0 for no limit, and then the rest means nothing
   * @param left how many of them are left
   * @param resetMs until all of them are there again
   * @param waitMs 0 when one was taken, otherwise as above
   */
  record Quota(int limit, int left, long resetMs, long waitMs) {
    static final Quota UNLIMITED = new Quota(0, 0, 0, 0);
  }
}
