package io.parley.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.json.Json;
import io.parley.limits.Rates;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.log.PicksApi;
import io.parley.messages.MessagesApi;
import io.parley.messages.Posts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read in one room and posted into another. */
class PassingOnTest {
  private static final String FROM = "0190b6c8-0000-7000-8000-00000000000a";
  private static final String TO = "0190b6c8-0000-7000-8000-00000000000b";
  private static final String BEN = "0190b6c8-0000-7000-8000-000000000003";
  private static final Identity ADA =
      new Identity(
          new UserId(UUID.fromString("0190b6c8-0000-7000-8000-000000000001")),
          "Ada",
          new SessionId(UUID.fromString("0190b6c8-0000-7000-8000-000000000002")),
          Instant.EPOCH);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.over(vertx, List.of(MessagesApi.CONTRACT));
  private final List<LogId> logs = new ArrayList<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final List<MessagesApi.Get> asked = new ArrayList<>();
  private Future<PicksApi.Picked> found = Future.failedFuture("nothing yet");
  private Future<LogApi.Appended> answer =
      Future.succeededFuture(new LogApi.Appended(42, 40, 1_500, "cur", "an-id", false));
  private Commands commands;

  @BeforeEach
  void table() {
    Await.of(
        bus.answer(
            MessagesApi.GET,
            get -> {
              asked.add(get);
              return found;
            }));
    commands =
        Commands.of(
            bus,
            new Recorded(),
            new Posts(Limited.room(3, 10), () -> "made"),
            Rates.NONE,
            Limited.room(3, 10),
            Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void says(String body) {
    String entry =
        "{\"seq\":7,\"author\":{\"id\":\"" + BEN + "\",\"name\":\"Ben\"},\"body\":" + body + "}";
    LogApi.Encoded encoded =
        new LogApi.Encoded(
            LogId.room(UUID.fromString(FROM)),
            7,
            new Bytes(entry.getBytes(StandardCharsets.UTF_8)),
            Optional.empty());
    found = Future.succeededFuture(new PicksApi.Picked(List.of(encoded), false));
  }

  private Future<JsonNode> forward(String more) {
    String json = "{\"room\":\"" + FROM + "\",\"target\":7,\"to\":\"" + TO + "\"" + more + "}";
    return commands.find("messages.forward").orElseThrow().run(ADA, new Args(Json.object(json)));
  }

  @Test
  void theWordsAndWhoSaidThemArePostedButNotWhere() {
    says("{\"text\":\"hi\",\"replyTo\":3,\"mentions\":[\"" + BEN + "\"]}");

    JsonNode posted = Await.of(forward(",\"cid\":\"c\""));

    assertThat(posted.path("room").asText()).isEqualTo(TO);
    assertThat(posted.path("seq").asLong()).isEqualTo(42);
    assertThat(logs).containsExactly(LogId.room(UUID.fromString(TO)));
    assertThat(asked.get(0).user()).isEqualTo(ADA.user());
    Draft draft = drafts.get(0);
    assertThat(draft.kind()).isEqualTo("message");
    assertThat(draft.countable()).isTrue();
    assertThat(draft.author()).isEqualTo(ADA.user());
    assertThat(draft.replyTo()).isEmpty();
    assertThat(draft.body())
        .isEqualTo(
            "{\"text\":\"hi\",\"forwarded\":{\"author\":{\"id\":\""
                + BEN
                + "\",\"name\":\"Ben\"}}}");
    assertThat(draft.source()).contains(new Draft.Source("forward " + FROM + " 7", false));
  }

  @Test
  void whatWasForwardedBeforeKeepsWhoSaidItFirst() {
    says(
        "{\"text\":\"hi\",\"forwarded\":{\"author\":{\"id\":\""
            + ADA.user()
            + "\",\"name\":\"Ada\"}}}");

    Await.of(forward(""));

    assertThat(drafts.get(0).body()).contains("\"name\":\"Ada\"").doesNotContain(BEN);
    assertThat(drafts.get(0).cid()).isEqualTo("made");
  }

  @Test
  void whenThereIsNothingToBeReadAnyMoreTheOtherRoomIsAskedWhetherItStands() {
    for (String gone : List.of("deleted", "nothing", "a stranger")) {
      switch (gone) {
        case "deleted" -> says("{\"deleted\":true}");
        case "nothing" -> found = Future.succeededFuture(new PicksApi.Picked(List.of(), false));
        default -> found = Future.failedFuture(Failure.of(Reason.NOT_MEMBER, "join it first"));
      }
      assertThat(Await.of(forward(",\"cid\":\"c\"")).path("seq").asLong()).isEqualTo(42);
      Draft last = drafts.get(drafts.size() - 1);
      assertThat(last.source()).contains(new Draft.Source("forward " + FROM + " 7", true));
      assertThat(last.body()).isEmpty();
    }
  }

  @Test
  void whatNeverStoodIsRefusedForTheReasonThatItsReaderHas() {
    answer = Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is no such message"));
    found = Future.failedFuture(Failure.of(Reason.NOT_MEMBER, "join it first"));

    assertThat(Await.failure(forward(",\"cid\":\"c\"")).reason()).isEqualTo(Reason.NOT_MEMBER);
    answer = Future.failedFuture(Failure.of(Reason.TIMEOUT, "not settled"));
    assertThat(Await.failure(forward(",\"cid\":\"c\"")).reason())
        .as("nobody knows yet")
        .isEqualTo(Reason.TIMEOUT);
    assertThat(Await.failure(forward("")).reason())
        .as("what has no cid never stood")
        .isEqualTo(Reason.NOT_MEMBER);
    assertThat(drafts).hasSize(2);
  }

  @Test
  void aStoreThatCannotBeReadIsAskedAgainLater() {
    found = Future.failedFuture(Failure.of(Reason.UNAVAILABLE, "away"));

    assertThat(Await.failure(forward(",\"cid\":\"c\"")).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(drafts).isEmpty();
  }

  /** A log that answers as the test says. */
  private final class Recorded implements LogClient {
    @Override
    public Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
      logs.add(log);
      drafts.add(draft);
      return answer;
    }

    @Override
    public Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> signal(LogId log, UserId user, String kind) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void tell(List<LogApi.Fleeting> notes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<LogApi.Page> read(LogApi.Read read) {
      throw new UnsupportedOperationException();
    }
  }
}
