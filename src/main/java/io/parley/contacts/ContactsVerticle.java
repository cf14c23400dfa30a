package io.parley.contacts;

import io.parley.bus.Bus;
import io.parley.config.ContactsConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for contacts and blocks. */
public final class ContactsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ContactsVerticle.class);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Bus bus;
  private final Contacts contacts;

  public ContactsVerticle(Bus bus, ContactStore store, Clock clock, ContactsConfig config) {
    this.bus = bus;
    this.contacts = new Contacts(store, bus, clock, config);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP.toMillis(), timer -> sweep());
    return Future.all(
        List.of(
            bus.answer(ContactsApi.ADD, contacts::add),
            bus.answer(ContactsApi.REMOVE, contacts::remove),
            bus.answer(ContactsApi.LIST, contacts::list),
            bus.answer(ContactsApi.BLOCK, contacts::block),
            bus.answer(ContactsApi.UNBLOCK, contacts::unblock),
            bus.answer(ContactsApi.BLOCKED, contacts::blocked),
            bus.answer(ContactsApi.BETWEEN, contacts::between)));
  }

  private void sweep() {
    contacts.forget().onFailure(cause -> LOG.warn("old changes stay until the next sweep", cause));
  }
}
