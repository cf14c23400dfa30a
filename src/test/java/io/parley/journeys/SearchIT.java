package io.parley.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.fixtures.RestClient;
import io.parley.fixtures.RestClient.Answer;
import io.parley.fixtures.RestClient.RestUser;
import io.parley.fixtures.Scraped;
import io.parley.fixtures.SocketClient;
import io.parley.fixtures.StoreSql;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** People find what was said, over one real node, by REST and by socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private Path data;
  private ParleyProcess node;
  private RestUser ann;
  private RestUser bob;
  private String room;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = directory;
    node =
        ParleyProcess.serve(data)
            .withoutRates()
            .env("PARLEY_LIMITS_SEARCHES", "0")
            .start()
            .awaitReady();
  }

  @AfterAll
  void stop() {
    node.terminate();
    Await.of(vertx.close());
  }

  @BeforeEach
  void meet() {
    ann = RestClient.signUp(node.httpPort(), "Ann");
    bob = RestClient.signUp(node.httpPort(), "Bob");
    room = ann.rest().room("hall", "private");
    add(bob);
  }

  private void add(RestUser user) {
    ann.rest().put("/api/rooms/" + room + "/members/" + user.id()).expect(204);
  }

  private long say(RestUser user, String text) {
    return user.rest()
        .post("/api/rooms/" + room + "/messages", Map.of("text", text))
        .expect(201)
        .body()
        .path("seq")
        .asLong();
  }

  private static Answer search(RestUser user, String query, String more) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return user.rest().get("/api/search?query=" + encoded + more);
  }

  private static List<Long> found(RestUser user, String query) {
    return seqs(search(user, query, "").expect(200).body());
  }

  private static List<Long> seqs(JsonNode page) {
    List<Long> seqs = new ArrayList<>();
    page.path("results").forEach(result -> seqs.add(result.path("seq").asLong()));
    return seqs;
  }

  private static void awaitFound(RestUser user, String query, Long... seqs) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(found(user, query)).containsExactly(seqs));
  }

  @Test
  void whatIsSaidIsFoundWithinSecondsAsItIsNowByRestAndBySocket() {
    long tea = say(ann, "Crème brûlée with tea");
    long coffee = say(bob, "coffee at https://example.org");
    awaitFound(bob, "creme", tea);
    awaitFound(bob, "from:me has:link", coffee);

    SocketClient socket = SocketClient.open(vertx, node.bridgePort(), ann.token());
    JsonNode answer =
        Await.of(socket.send("search.messages", Map.of("query", "bru from:ann", "room", room)));
    JsonNode result = answer.path("results").path(0);
    assertThat(result.path("room").asText()).isEqualTo(room);
    assertThat(result.path("message").path("author").path("name").asText()).isEqualTo("Ann");
    assertThat(result.path("message").path("body").path("text").asText())
        .isEqualTo("Crème brûlée with tea");
    assertThat(result.path("highlights").toString()).isEqualTo("[{\"start\":6,\"end\":12}]");
    assertThat(seqs(search(ann, "coffee", "&roomId=" + room + "&sort=rank").expect(200).body()))
        .containsExactly(coffee);
    socket.close();
    assertThat(Scraped.value(node, "parley_log_follower_lag_seconds{follower=\"search\"}"))
        .isLessThan(60);
  }

  @Test
  void anEditIsFoundInItsNewWordsOnlyAndADeletionNotAtAll() {
    long seq = say(ann, "wombat");
    awaitFound(ann, "wombat", seq);
    String message = "/api/rooms/" + room + "/messages/" + seq;

    ann.rest().ask("PATCH", message, Map.of("text", "echidna")).expect(200);
    assertThat(found(ann, "wombat")).isEmpty();
    awaitFound(ann, "echidna", seq);

    ann.rest().delete(message).expect(200);
    assertThat(found(ann, "echidna")).isEmpty();
    await().atMost(PATIENCE).until(() -> indexed("echidna").isEmpty());
    assertThat(indexed("wombat")).isEmpty();
  }

  /** What the index still knows of a word. */
  private String indexed(String word) {
    return StoreSql.in(data)
        .run(
            "select coalesce(string_agg(terms::text, ' '), '') from search_messages"
                + " where terms::text like '%"
                + word
                + "%'")
        .orElse("");
  }

  @Test
  void theKickedFindNothingFromTheMomentOfTheKickAndLatecomersNothingFromBefore() {
    long before = say(ann, "platypus one");
    awaitFound(bob, "platypus", before);

    ann.rest().delete("/api/rooms/" + room + "/members/" + bob.id()).expect(204);
    assertThat(found(bob, "platypus")).isEmpty();
    assertThat(found(bob, "from:me")).isEmpty();
    assertThat(search(bob, "platypus", "&room=" + room).status()).isEqualTo(404);

    add(bob);
    long after = say(ann, "platypus two");
    awaitFound(bob, "platypus", after, before);
    StoreSql.in(data)
        .run(
            "update room_members set since = %d where room = '%s' and account = '%s'"
                .formatted(after, room, bob.id()));
    assertThat(found(bob, "platypus")).containsExactly(after);
    assertThat(found(ann, "platypus")).containsExactly(after, before);
  }

  @Test
  void strangersFindNothingAndAreToldNothing() {
    long seq = say(ann, "quokka");
    awaitFound(ann, "quokka", seq);
    RestUser eve = RestClient.signUp(node.httpPort(), "Eve");

    assertThat(found(eve, "quokka")).isEmpty();
    assertThat(search(eve, "quokka", "&room=" + room).status()).isEqualTo(404);
    assertThat(found(eve, "quokka in:" + room)).isEmpty();
  }

  @Test
  void whatCannotBeReadNamesFieldAndRule() {
    assertRefused("has:image", "has");
    assertRefused("tea from:nobody_of_this_name", "from");
    assertRefused("tea in:\"no such room\"", "in");
    assertRefused("-tea", "empty");
    SocketClient socket = SocketClient.open(vertx, node.bridgePort(), ann.token());
    assertThat(
            Await.failure(socket.send("search.messages", Map.of("query", "tea", "sort", "best")))
                .reason())
        .isEqualTo(Reason.INVALID);
    assertThat(
            Await.failure(socket.send("search.messages", Map.of("query", "tea", "after", "x")))
                .details())
        .containsEntry("field", "after");
    socket.close();
  }

  private void assertRefused(String query, String rule) {
    JsonNode problem = search(ann, query, "").expect(400).body();
    assertThat(problem.path("field").asText()).isEqualTo("query");
    assertThat(problem.path("rule").asText()).isEqualTo(rule);
  }

  @Test
  void pagesOfWhatIsFoundFollowEachOther() {
    List<Long> said = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      said.add(0, say(ann, "numbat " + i));
    }
    awaitFound(ann, "numbat", said.toArray(Long[]::new));

    List<Long> paged = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = search(ann, "numbat", "&limit=3" + after).expect(200).body();
      paged.addAll(seqs(page));
      after = page.has("next") ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    assertThat(paged).isEqualTo(said);
  }

  @Test
  void theIndexIsMadeAnewWhilePeopleSearch() {
    long seq = say(ann, "bandicoot");
    awaitFound(ann, "bandicoot", seq);
    StoreSql.in(data).run("delete from search_messages");
    assertThat(found(ann, "bandicoot")).isEmpty();

    ParleyProcess reindex = ParleyProcess.command("reindex", data).start();
    int code = reindex.awaitExit(PATIENCE.multipliedBy(2));

    assertThat(code).as("%s", reindex.output()).isZero();
    assertThat(reindex.output()).contains("The index is new.");
    assertThat(found(ann, "bandicoot")).containsExactly(seq);
  }
}
