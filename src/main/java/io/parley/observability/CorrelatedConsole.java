package io.parley.observability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;

/**
 * Writes log lines to the console, each with the correlation of the request that caused it, as the
 * MDC value {@code correlation}. Named in {@code logback.xml}.
 */
public final class CorrelatedConsole extends ConsoleAppender<ILoggingEvent> {
  static final String KEY = "correlation";

  @Override
  protected void append(ILoggingEvent event) {
    Correlation.current().ifPresent(correlation -> mark(event, correlation));
    super.append(event);
  }

  /** Before anybody reads the event's MDC, since it can be set only once. */
  private static void mark(ILoggingEvent event, Correlation correlation) {
    if (event instanceof LoggingEvent line) {
      Map<String, String> others = MDC.getCopyOfContextMap();
      Map<String, String> values = others == null ? new HashMap<>() : new HashMap<>(others);
      values.put(KEY, correlation.id());
      line.setMDCPropertyMap(values);
    }
  }
}
