package io.parley.observability;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** How log lines look: one readable line each, or JSON for machines. */
public final class Logging {
  private static final String FORMAT = "parley.log.format";

  private Logging() {}

  /**
   * Chooses the form of all further lines, {@code text} or {@code json}. Call it as soon as the
   * configuration is known; what is logged before follows the environment's {@code
   * PARLEY_NODE_LOG_FORMAT}.
   */
  public static void start(String format) {
    System.setProperty(FORMAT, format);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (format.equals(context.getProperty(FORMAT))) {
      return;
    }
    context.reset();
    try {
      new ContextInitializer(context).autoConfig();
    } catch (JoranException e) {
      throw new IllegalStateException("logging cannot be configured", e);
    }
  }
}
