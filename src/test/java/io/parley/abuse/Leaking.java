package io.parley.abuse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that tells its secret, as none should. */
public final class Leaking {
  private static final Logger LOG = LoggerFactory.getLogger(Leaking.class);

  private Leaking() {}

  public static void main(String[] arguments) {
    LOG.warn("somebody signs in with {}", System.getenv("PLANTED"));
  }
}
