package io.parley.bus;

import io.parley.observability.Correlation;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;

/**
 * Lets the correlation of a request travel with every message it causes, within a process and
 * between nodes.
 */
final class BusCorrelation {
  private static final String HEADER = "correlation";
  private static final String INTERNAL = "__vertx.";

  private BusCorrelation() {}

  static void install(EventBus events) {
    events.addOutboundInterceptor(BusCorrelation::send);
    events.addInboundInterceptor(BusCorrelation::receive);
  }

  private static void send(DeliveryContext<Object> delivery) {
    if (!answers(delivery)) {
      Correlation.current()
          .ifPresent(id -> delivery.message().headers().set(HEADER, id.toString()));
    }
    delivery.next();
  }

  /** A listener is called in a context of its own; an answer comes back into the asker's. */
  private static void receive(DeliveryContext<Object> delivery) {
    if (!answers(delivery)) {
      Correlation.parse(delivery.message().headers().get(HEADER)).ifPresent(Correlation::enter);
    }
    delivery.next();
  }

  private static boolean answers(DeliveryContext<Object> delivery) {
    return delivery.message().address().startsWith(INTERNAL);
  }
}
