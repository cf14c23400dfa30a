package io.parley.observability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.HashMap;
import java.util.Map;

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

  private static void mark(ILoggingEvent event, Correlation correlation) {
    if (event instanceof LoggingEvent line) {
      Map<String, String> values = new HashMap<>(line.getMDCPropertyMap());
      values.put(KEY, correlation.id());
      line.setMDCPropertyMap(values);
    }
  }
}
