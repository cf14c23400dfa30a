package io.parley.log;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether the others still ask this node. One that is in the cluster and is never asked is deaf:
 * the others have lost its addresses, and nothing reaches it.
 *
 * <p>Counts rounds, not time, so that a node that was paused does not take itself for deaf when it
 * wakes up.
 */
final class Hearing {
  private final String node;
  private final Set<String> acquainted = new HashSet<>();
  private boolean asked;
  private boolean answered;
  private volatile int unheard;
  private volatile int deaf;

  Hearing(String node) {
    this.node = node;
  }

  /** Somebody asked this node. */
  void asked(String by) {
    asked |= !by.equals(node);
  }

  /** Somebody answered this node. */
  void answered(String by) {
    if (!by.equals(node)) {
      answered = true;
      acquainted.add(by);
    }
  }

  /** A round is over; these were in the cluster. */
  void round(Set<String> present) {
    acquainted.retainAll(present);
    unheard = asked || acquainted.isEmpty() ? 0 : unheard + 1;
    deaf = asked || !answered ? 0 : deaf + 1;
    asked = false;
    answered = false;
  }

  /** For how many rounds nobody has asked, though acquaintances are in the cluster. */
  int unheard() {
    return unheard;
  }

  /** For how many rounds others have answered this node and none has asked it. */
  int deaf() {
    return deaf;
  }
}
