package io.parley.faults;

import io.parley.config.Config;
import io.parley.fixtures.Await;
import io.parley.log.LogApi;
import io.parley.log.LogStore;
import io.parley.stores.postgres.PostgresPool;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers that break a promise, each a different one, for the checker to find it out. */
enum Sabotage {
  /** Keeps everything. */
  NONE,

  /** Says that it is stored, and stores it a little later. */
  ACK_BEFORE_WRITE {
    @Override
    LogStore store(LogStore real) {
      return new HastyStore(real);
    }
  },

  /** After a conflict gives other places and writes again, and asks nobody. */
  RENUMBERING {
    @Override
    LogStore store(LogStore real) {
      return new RenumberingStore(real);
    }
  },

  /** Lets two entries have the same place or name. */
  NO_FENCE {
    @Override
    void prepare(Config config) {
      Vertx vertx = Vertx.vertx();
      Pool pool = PostgresPool.open(vertx, config.postgres());
      for (String each :
          List.of(
              "alter table log_entries drop constraint if exists log_entries_pkey",
              "alter table log_entries drop constraint if exists log_entries_cid",
              "drop index if exists log_entries_version")) {
        Await.of(pool.query(each).execute());
      }
      Await.of(vertx.close());
    }
  },

  /**
   * Loses every so manieth delivery, compares no heads and fills no gaps: whoever asks for many
   * heads compares, and whoever reads without a cursor fills.
   */
  NO_REPAIR {
    @Override
    void watch(Vertx vertx) {
      AtomicInteger deliveries = new AtomicInteger();
      vertx.eventBus().addOutboundInterceptor(message -> lose(message, deliveries));
    }

    private static void lose(DeliveryContext<?> message, AtomicInteger deliveries) {
      Object body = message.body();
      boolean lost =
          body instanceof LogApi.Delivery
              ? deliveries.incrementAndGet() % LOST == 0
              : (body instanceof LogApi.Heads heads && heads.logs().size() > 1)
                  || (body instanceof LogApi.Read read && read.cursor().isEmpty());
      if (!lost) {
        message.next();
      }
    }
  };

  private static final int LOST = 20;

  static Sabotage of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Does what must be done before the node starts. */
  void prepare(Config config) {}

  /** The store that the owners are given. */
  LogStore store(LogStore real) {
    return real;
  }

  /** Stands between those who speak over the bus. */
  void watch(Vertx vertx) {}
}
