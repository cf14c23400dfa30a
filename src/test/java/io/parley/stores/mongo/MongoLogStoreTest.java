package io.parley.stores.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.TestMongo;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.log.LogStore;
import io.parley.log.LogStoreContract;
import io.parley.log.MessageState;
import io.parley.log.Shown;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MongoLogStoreTest extends LogStoreContract {
  private static final long PLENTY = 1 << 20;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static Vertx vertx;
  private static TestMongo mongo;
  private static MongoClient client;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    mongo = new TestMongo();
    client = MongoLink.client(vertx, mongo.config());
    await(new MongoSteps(client, RANDOM).take());
  }

  @AfterAll
  static void close() {
    await(client.close());
    await(vertx.close());
    mongo.close();
  }

  @Override
  protected LogStore store() {
    return new MongoLogStore(client);
  }

  @Override
  protected boolean wholeBatches() {
    return false;
  }

  @Test
  void writesAskForTheJournalsOfAMajorityAndReadsForNothingLess() {
    assertThat(MongoLink.url(mongo.config()))
        .contains("w=majority", "journal=true", "readConcernLevel=majority")
        .contains("readPreference=primary");
  }

  @Test
  void stepsMayBeTakenAgainAndKeepTheIdentity() {
    int epoch = await(store().identity()).epoch();

    await(new MongoSteps(client, RANDOM).take());

    assertThat(await(store().identity()).epoch()).isEqualTo(epoch);
  }

  @Test
  void whatIsOlderThanTheFollowingOfThreadsIsMarkedOnceSoThatItIsSwept() {
    TestMongo other = new TestMongo();
    MongoClient old = MongoLink.client(vertx, other.config());
    LogStore logs = new MongoLogStore(old);
    List<Long> expected = givenThread(logs);
    JsonObject all = new JsonObject();
    JsonObject without = new JsonObject().put("$unset", new JsonObject().put("woven", ""));
    await(
        old.updateCollectionWithOptions(
            MongoLogStore.ENTRIES, all, without, new UpdateOptions().setMulti(true)));
    assertThat(woven(logs)).isEmpty();

    await(new MongoSteps(old, RANDOM).take());
    assertThat(woven(logs)).isEqualTo(expected);

    await(
        old.updateCollectionWithOptions(
            MongoLogStore.ENTRIES, all, without, new UpdateOptions().setMulti(true)));
    await(new MongoSteps(old, RANDOM).take());
    assertThat(woven(logs)).as("not gone over again").isEmpty();
    await(old.close());
    other.close();
  }

  @Test
  void whatIsTheReadersOwnInAThreadIsAskedForByTheFieldsOfItsIndex() {
    LogStore.Strand some =
        new LogStore.Strand(LogId.room(UUID.randomUUID()), 1, new UserId(UUID.randomUUID()), 1, 9);

    assertThat(MongoEntries.own(some).fieldNames())
        .contains("log", "author", "replies", "seq", "thread");
  }

  @Test
  void theLinkGivesAStoreThatStands() {
    MongoLink link = MongoLink.open(vertx, mongo.config());

    await(link.ping());
    assertThat(await(await(link.store(RANDOM)).identity()).epoch())
        .isEqualTo(await(store().identity()).epoch());
    await(link.close());
  }

  @Test
  void withoutAUniqueIndexTheStoreIsRefused() {
    TestMongo other = new TestMongo();
    MongoClient bare = MongoLink.client(vertx, other.config());
    await(
        bare.createIndexWithOptions(
            MongoLogStore.ENTRIES,
            new JsonObject().put("log", 1).put("author", 1).put("cid", 1),
            new IndexOptions().name("log_entries_cid")));

    Failure refused = Await.failure(new MongoSteps(bare, RANDOM).verify());

    assertThat(refused.reason()).isEqualTo(Reason.CONFLICT);
    assertThat(refused.detail()).contains("log_entries_cid", "log_entries_change");
    await(bare.close());
    other.close();
  }

  @Test
  void owningALogAppliesWhatAWriteThatEndedHalfwayHasLeft() {
    Half half = halfDone();
    assertThat(revisions(half)).containsExactly(4L, 0L, 0L);

    await(store().open(List.of(half.log())));

    assertThat(revisions(half)).containsExactly(6L, 7L, 0L);
    assertThat(await(store().read(half.log(), 4, 5, 1, 0)).get(0).body())
        .isEqualTo(MessageState.CLEARED);
    assertThat(await(store().visible(half.log(), 1, 9, false, 9, PLENTY)))
        .isEqualTo(half.expected());
  }

  @Test
  void aReplyOfWhichItsThreadWasNotToldIsCountedByWhoeverReads() {
    List<Shown> expected = halfReplied();
    LogId log = expected.get(0).entry().log();

    assertThat(expected.get(1).state().replies()).isPresent();
    assertThat(await(store().visible(log, 1, 9, false, 9, PLENTY))).isEqualTo(expected);
    assertThat(await(store().thread(log, 2, 1, 9, false, 9, PLENTY))).hasSize(1);
  }

  @Test
  void aMessageThatFollowedAChangeInTheSameWriteTellsOfIt() {
    Half half = halfDone();
    await(store().append(List.of(changeOfTheThird(half, 8), message(half, 9))));

    await(store().open(List.of(half.log())));

    assertThat(revisions(half)).containsExactly(6L, 7L, 8L, 0L);
  }

  @Test
  void aLogWhoseLastWriteChangedNothingIsOwnedForTwoQuestions() {
    Half half = halfDone();
    await(store().open(List.of(half.log())));
    await(store().append(List.of(message(half, 8))));
    AtomicInteger questions = new AtomicInteger();

    await(new MongoLogStore(counting(questions)).open(List.of(half.log())));

    assertThat(questions).hasValue(2);
  }

  private static MongoClient counting(AtomicInteger questions) {
    InvocationHandler counted =
        (proxy, method, arguments) -> {
          questions.incrementAndGet();
          return method.invoke(client, arguments);
        };
    return (MongoClient)
        Proxy.newProxyInstance(
            MongoClient.class.getClassLoader(), new Class<?>[] {MongoClient.class}, counted);
  }

  @Test
  void anEntryThatIsFoundHasChangedItsMessage() {
    Half half = halfDone();

    await(store().find(List.of(half.last().key())));

    assertThat(revisions(half)).containsExactly(6L, 7L, 0L);
  }

  @Test
  void nobodyIsShownLessThanWhatStands() {
    Half page = halfDone();
    assertThat(await(store().visible(page.log(), 1, 9, true, 9, PLENTY)))
        .isEqualTo(page.expected());
  }

  @Test
  void whoeverChangesAMessageKnowsAllThatStands() {
    Half half = halfDone();
    assertThat(await(store().at(half.log(), List.of(1L, 2L, 3L)))).isEqualTo(half.expected());
  }

  @Test
  void theLastMessageOfARoomIsShownWithAllThatStands() {
    Half half = halfDone();

    assertThat(await(store().lasts(List.of(new LogApi.Place(half.log(), 0)), PLENTY)))
        .containsExactly(half.expected().get(2));
    assertThat(revisions(half)).containsExactly(6L, 7L, 0L);
  }

  /** The revisions of all messages of a log, as they stand in the documents. */
  private static List<Long> revisions(Half half) {
    JsonObject messages = new JsonObject().put("log", half.log().toString()).put("kind", "message");
    FindOptions inOrder = new FindOptions().setSort(new JsonObject().put("_id", 1));
    return await(client.findWithOptions(MongoLogStore.ENTRIES, messages, inOrder)).stream()
        .map(document -> document.getLong("rev", 0L))
        .toList();
  }

  @Test
  void aServerThatCannotBeReachedLeavesAWriteUnknownAndAReadUnavailable() {
    LogStore away = new MongoLogStore(MongoLink.client(vertx, mongo.at("127.0.0.1:1")));

    assertThat(outcome(away.append(twoRooms()))).isEqualTo(LogStore.Fault.Outcome.UNKNOWN);
    assertThat(Await.failure(away.tops(List.of(LogId.room(UUID.randomUUID())))).reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void whatEntersAUrlIsEncoded() {
    var config = mongo.config();
    var odd =
        new io.parley.config.MongoConfig(
            "a:1, b",
            2,
            "rs0",
            config.database(),
            "p@r/ley",
            new io.parley.config.Secret("s%c r:t"),
            "auth",
            true,
            4);

    assertThat(MongoLink.url(odd))
        .startsWith("mongodb://p%40r%2Fley:s%25c%20r%3At@a:1,b:2/?")
        .contains("&replicaSet=rs0", "&authSource=auth", "&tls=true", "&maxPoolSize=4");
  }
}
