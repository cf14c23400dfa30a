package io.parley.observability;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once when somebody begins to fall behind, and once when all is well with them again. */
public final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  private final String who;
  private boolean failing;

  public Trouble(String who) {
    this.who = who;
  }

  /** Something has failed. */
  public void fails(Throwable cause) {
    if (!failing) {
      LOG.warn("{} falls behind: {}", who, cause.getMessage());
    }
    failing = true;
  }

  /** Everything was tried, and has worked. */
  public void works() {
    if (failing) {
      LOG.info("{} catches up", who);
    }
    failing = false;
  }

  /** It is for others to say from now on. */
  public void isOthers() {
    failing = false;
  }
}
