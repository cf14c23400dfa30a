package io.parley.stores.mongo;

import io.parley.fixtures.Await;
import io.parley.fixtures.TestMongo;
import io.parley.log.AuthorStore;
import io.parley.log.AuthorStoreContract;
import io.parley.log.LogStore;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.MongoClient;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MongoAuthorStoreTest extends AuthorStoreContract {
  private static Vertx vertx;
  private static TestMongo mongo;
  private static MongoClient client;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    mongo = new TestMongo();
    client = MongoLink.client(vertx, mongo.config());
    Await.of(new MongoSteps(client, new SecureRandom()).take());
  }

  @AfterAll
  static void close() {
    Await.of(client.close());
    Await.of(vertx.close());
    mongo.close();
  }

  @Override
  protected AuthorStore store() {
    return new MongoAuthorStore(client);
  }

  @Override
  protected LogStore logs() {
    return new MongoLogStore(client);
  }
}
