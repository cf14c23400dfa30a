package io.parley.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Identity;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.config.LimitsConfig;
import io.parley.contacts.ContactsApi;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Await;
import io.parley.fixtures.Limited;
import io.parley.fixtures.ScriptedRates;
import io.parley.json.Json;
import io.parley.limits.Rates;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.messages.MessagesApi;
import io.parley.messages.Posts;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi;
import io.parley.search.SearchApi;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final String ROOM = "0190b6c8-0000-7000-8000-00000000000a";
  private static final Identity ADA =
      new Identity(
          new UserId(UUID.fromString("0190b6c8-0000-7000-8000-000000000001")),
          "Ada",
          new SessionId(UUID.fromString("0190b6c8-0000-7000-8000-000000000002")),
          Instant.EPOCH);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus =
      Bus.over(
          vertx,
          List.of(
              AccountsApi.CONTRACT,
              ProfilesApi.CONTRACT,
              ContactsApi.CONTRACT,
              SessionsApi.CONTRACT,
              RoomsApi.CONTRACT,
              MessagesApi.CONTRACT,
              SearchApi.CONTRACT));
  private final Recorded log = new Recorded();
  private Commands commands;

  @BeforeEach
  void table() {
    LimitsConfig limits = Limited.room(3, 10);
    commands =
        Commands.of(
            bus, log, new Posts(limits, () -> "made"), Rates.NONE, limits, Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void namesAndRolesGoNoFasterThanMessages() {
    LimitsConfig limits = Limited.room(3, 10);
    Commands slow =
        Commands.of(
            bus,
            log,
            new Posts(limits, () -> "made"),
            new ScriptedRates(0),
            limits,
            Duration.ofSeconds(5));
    String changes =
        "update role ban unban mute unmute archive unarchive delete invite uninvite"
            + " invited accept settings ask withdraw admit refuse";
    for (String command : ("presence.set rooms." + changes.replace(" ", " rooms.")).split(" ")) {
      Future<JsonNode> asked =
          slow.find(command).orElseThrow().run(ADA, new Args(Json.object(new byte[] {'{', '}'})));
      assertThat(Await.failure(asked).reason()).as(command).isEqualTo(Reason.RATE_LIMITED);
    }
  }

  @Test
  void theTableIsClosed() {
    assertThat(commands.names())
        .containsExactly(
            """
            account.delete
            contacts.add contacts.block contacts.blocked contacts.list contacts.remove
            contacts.unblock
            messages.delete messages.delivered messages.edit messages.explain
            messages.forward messages.get messages.history messages.pin
            messages.pins messages.post messages.react messages.read
            messages.receipts messages.revisions messages.sync messages.thread messages.typing
            messages.unpin messages.unreact messages.unread
            presence.get presence.set profile.get profile.update
            rooms.accept rooms.add rooms.admit rooms.archive rooms.ask rooms.ban rooms.bans rooms.create
            rooms.delete rooms.direct rooms.get rooms.invite rooms.invited rooms.invites rooms.join rooms.leave rooms.list
            rooms.members rooms.mute rooms.refuse rooms.remove rooms.requests rooms.role rooms.settings rooms.unarchive
            rooms.unban rooms.uninvite rooms.unmute rooms.update rooms.withdraw
            search.messages
            sessions.list sessions.revoke sessions.revokeAll
            threads.follow threads.get threads.list threads.read threads.unfollow
            users.get users.search
            """
                .strip()
                .split("\\s+"));
    assertThat(commands.find("session.open")).isEmpty();
  }

  @Test
  void aPostIsAppendedToTheLogOfItsRoomAndAnsweredWithItsPlace() {
    JsonNode answer =
        run("messages.post", "{\"room\":\"" + ROOM + "\",\"cid\":\"c\",\"text\":\"hi\"}");

    assertThat(answer.toString())
        .isEqualTo(
            "{\"room\":\""
                + ROOM
                + "\",\"seq\":42,\"n\":40,\"at\":\"1970-01-01T00:00:01.500Z\",\"cursor\":\"cur\","
                + "\"id\":\"an-id\",\"cid\":\"c\",\"duplicate\":false}");
    assertThat(log.logs).containsExactly(LogId.room(UUID.fromString(ROOM)));
    assertThat(log.drafts.get(0).author()).isEqualTo(ADA.user());
  }

  @Test
  void aPostInAThreadNamesItsFirstMessageAndCountsThere() {
    run("messages.post", room("\"text\":\"hi\",\"thread\":7,\"replyTo\":9"));

    Draft draft = log.drafts.get(0);
    assertThat(draft.target()).contains(7L);
    assertThat(draft.replyTo()).contains(9L);
    assertThat(draft.countable()).isFalse();
    assertThat(draft.body()).isEqualTo("{\"text\":\"hi\",\"replyTo\":9}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "messages.edit | \"text\":\"ho\" | edit | {\"text\":\"ho\"}",
        "messages.edit | \"content\":\"ho\",\"cid\":\"made\" | edit | {\"text\":\"ho\"}",
        "messages.delete | \"cid\":\"made\" | delete | {}",
        "messages.react | \"emoji\":\"👍\" | react | {\"emoji\":\"👍\"}",
        "messages.unreact | \"emoji\":\"👍\" | unreact | {\"emoji\":\"👍\"}",
        "messages.pin | \"cid\":\"made\" | pin | {}",
        "messages.unpin | \"cid\":\"made\" | unpin | {}",
      })
  void aChangeIsAnEntryOfItsOwnThatNamesItsMessage(
      String command, String fields, String kind, String body) {
    JsonNode answer = run(command, room("\"target\":7," + fields));

    Draft draft = log.drafts.get(0);
    assertThat(answer.path("seq").asLong()).isEqualTo(42);
    assertThat(draft.kind()).isEqualTo(kind);
    assertThat(draft.target()).contains(7L);
    assertThat(draft.body()).isEqualTo(body);
    assertThat(draft.author()).isEqualTo(ADA.user());
    assertThat(draft.cid()).isEqualTo("made");
    assertThat(draft.countable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "messages.edit | \"text\":\"ho\" | target",
        "messages.edit | \"target\":0,\"text\":\"ho\" | target",
        "messages.edit | \"target\":7 | text",
        "messages.edit | \"target\":7,\"text\":\" \" | text",
        "messages.edit | \"target\":7,\"text\":\"x\",\"replyTo\":3 | replyTo",
        "messages.edit | \"target\":7,\"text\":\"x\",\"thread\":3 | thread",
        "messages.post | \"text\":\"x\",\"thread\":0 | thread",
        "messages.post | \"text\":\"x\",\"thread\":\"3\" | thread",
        "messages.thread | \"seq\":7 | target",
        "messages.thread | \"target\":7,\"before\":-1 | before",
        "messages.delete | \"target\":\"7\" | target",
        "messages.pin | \"target\":0 | target",
        "messages.unpin | \"target\":7,\"cid\":\"\\u00e9\" | cid",
        "messages.pins | \"before\":0 | before",
        "messages.get | \"target\":7 | seqs",
        "messages.get | \"seqs\":[] | seqs",
        "messages.get | \"seqs\":[1,\"2\"] | seqs",
        "messages.get | \"seqs\":[0] | seqs",
        "messages.revisions | \"seq\":7 | target",
        "messages.revisions | \"target\":7,\"after\":-1 | after",
        "messages.forward | \"target\":7 | to",
        "messages.forward | \"target\":7,\"to\":\"general\" | to",
        "messages.delete | \"target\":7,\"cid\":\"\" | cid",
        "messages.react | \"target\":7 | emoji",
        "messages.react | \"target\":7,\"emoji\":\"+1\" | emoji",
        "messages.unreact | \"target\":7,\"emoji\":[] | emoji",
      })
  void aBadChangeNamesTheField(String command, String fields, String field) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> run(command, room(fields)))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID))
        .satisfies(failure -> assertThat(failure.details()).containsEntry("field", field));
  }

  @Test
  void aPostMayCallItsTextContentAndNamesItsTypeAtMostText() {
    run("messages.post", room("\"content\":\"hi\",\"messageType\":\"TEXT\""));

    assertThat(log.drafts.get(0).body()).isEqualTo("{\"text\":\"hi\"}");
    assertThat(log.drafts.get(0).cid()).isEqualTo("made");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          messages.post    | {"text":"hi"}                                 | room
          messages.post    | {"room":"general","text":"hi"}                | room
          messages.post    | {"room":"0190B6C8-0000-7000-8000-00000000000A","text":"hi"} | room
          messages.post    | {"room":7,"text":"hi"}                        | room
          messages.post    | {"room":"%s"}                                 | text
          messages.post    | {"room":"%s","text":["hi"]}                   | text
          messages.post    | {"room":"%s","text":"a","content":"b"}        | text
          messages.post    | {"room":"%s","text":"hi","messageType":"IMAGE"} | messageType
          messages.post    | {"room":"%s","text":"hi","replyTo":0}         | replyTo
          messages.post    | {"room":"%s","text":"hi","replyTo":1.5}       | replyTo
          messages.post    | {"room":"%s","text":"hi","replyTo":1e300}     | replyTo
          messages.post    | {"room":"%s","text":"hi","replyTo":99999999999999999999} | replyTo
          messages.post    | {"room":"%s","text":"hi","mentions":"x"}      | mentions
          messages.post    | {"room":"%s","text":"hi","mentions":["x"]}    | mentions
          messages.post    | {"room":"%s","text":"hi","mentions":[null]}   | mentions
          messages.post    | {"room":"%s","text":"hi","cid":17}            | cid
          messages.history | {"room":"%s","limit":0}                       | limit
          messages.history | {"room":"%s","limit":501}                     | limit
          messages.history | {"room":"%s","before":-1}                     | before
          messages.sync    | {"room":"%s"}                                 | cursor
          rooms.create     | {}                                            | name
          rooms.create     | {"name":"x","type":"direct"}                  | type
          rooms.list       | {"discover":"yes"}                            | discover
          rooms.add        | {"room":"%s"}                                 | user
          rooms.direct     | {"user":"me"}                                 | user
          users.get        | {}                                            | user
          users.search     | {"limit":"5"}                                 | limit
          """)
  void whatACommandCannotReadIsInvalidAndNamesTheField(String command, String json, String field) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> run(command, json.replace("%s", ROOM)))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID))
        .satisfies(failure -> assertThat(failure.details()).containsEntry("field", field));
    assertThat(log.drafts).isEmpty();
  }

  @Test
  void whatIsNoSessionIsInvalid() {
    for (String json : List.of("{}", "{\"session\":\"MINE\"}", "{\"session\":7}")) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> run("sessions.revoke", json))
          .satisfies(failure -> assertThat(failure.details()).containsEntry("field", "session"));
    }
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> run("sessions.revokeAll", "{\"keepCurrent\":\"yes\"}"))
        .satisfies(failure -> assertThat(failure.details()).containsEntry("field", "keepCurrent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          account.delete   | {}                        | password
          contacts.add     | {}                        | user
          contacts.block   | {"user":7}                | user
          contacts.list    | {"limit":501}             | limit
          profile.update   | {"lastSeenFor":"friends"} | lastSeenFor
          profile.update   | {"photoFor":1}            | photoFor
          profile.update   | {"notifications":"some"}  | notifications
          profile.update   | {"about":["x"]}           | about
          rooms.role       | {"room":"%s","role":"admin"} | user
          rooms.role       | {"room":"%s","user":"%s"} | role
          rooms.role       | {"room":"%s","user":"%s","role":"boss"} | role
          rooms.update     | {"name":"x"}              | room
          rooms.update     | {"room":"%s","name":["x"]} | name
          rooms.update     | {"room":"%s","description":7} | description
          rooms.update     | {"room":"%s","history":"some"} | history
          rooms.create     | {"name":"x","join":"invite"} | join
          rooms.settings   | {"room":"%s","favourite":"yes"} | favourite
          rooms.settings   | {"room":"%s","notifications":"some"} | notifications
          rooms.settings   | {"room":"%s","snooze":31536001} | snooze
          rooms.settings   | {"room":"%s","hidden":1} | hidden
          rooms.ask        | {"room":"%s","note":7} | note
          rooms.admit      | {"room":"%s"} | user
          rooms.refuse     | {"room":"%s","user":"%s","word":[]} | word
          """)
  void whatACommandOfPeopleAndTheirRolesCannotReadIsInvalidToo(
      String command, String json, String field) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> run(command, json.replace("%s", ROOM)))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID))
        .satisfies(failure -> assertThat(failure.details()).containsEntry("field", field));
    assertThat(log.drafts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "\"1\"", "-1", "1.5", "9007199254740992", "1e300"})
  void nobodyReadsUpToWhatIsNoPlace(String seq) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> run("messages.read", room("\"seq\":" + seq)))
        .satisfies(failure -> assertThat(failure.details()).containsEntry("field", "seq"));
  }

  @Test
  void readingAnswersWhereTheMarkerStands() {
    RoomId id = new RoomId(UUID.fromString(ROOM));
    bus.answer(
            RoomsApi.READ,
            read ->
                Future.succeededFuture(
                    new RoomsApi.Marked(id, read.seq() - 1, 8, Optional.empty())))
        .await();

    assertThat(run("messages.read", room("\"seq\":12")))
        .hasToString("{\"room\":\"" + ROOM + "\",\"seq\":11,\"n\":8}");
  }

  @Test
  void historyEmbedsTheBytesOfTheLog() {
    List<MessagesApi.History> asked = new ArrayList<>();
    bus.answer(
            MessagesApi.HISTORY,
            history -> {
              asked.add(history);
              return Future.succeededFuture(
                  new LogApi.HistoryPage(
                      List.of(entry(7, "{\"seq\":7, \"odd\" : 1.00}"), entry(9, "{\"seq\":9}")),
                      true,
                      false,
                      head(9)));
            })
        .await();

    JsonNode answer = run("messages.history", room("\"before\":10"));

    assertThat(Json.write(answer))
        .isEqualTo(
            "{\"entries\":[{\"seq\":7, \"odd\" : 1.00},{\"seq\":9}],\"older\":true,\"newer\":false,"
                + "\"first\":7,\"last\":9,\"asOf\":{\"seq\":9,\"n\":8,\"cursor\":\"c9\"}}");
    assertThat(asked.get(0).limit()).isEqualTo(50);
    assertThat(asked.get(0).before()).contains(10L);
    assertThat(asked.get(0).user()).isEqualTo(ADA.user());
  }

  @Test
  void syncSaysWhereToGoOn() {
    bus.answer(
            MessagesApi.SYNC,
            sync ->
                Future.succeededFuture(
                    new LogApi.Page(
                        List.of(entry(7, "{\"cursor\":\"c7\"}")), true, false, head(9))))
        .await();

    assertThat(Json.write(run("messages.sync", room("\"cursor\":\"c6\""))))
        .isEqualTo(
            "{\"entries\":[{\"cursor\":\"c7\"}],\"more\":true,\"reset\":false,\"next\":\"c7\","
                + "\"head\":{\"seq\":9,\"n\":8,\"cursor\":\"c9\"}}");
  }

  @Test
  void anUnknownUserIsNotFound() {
    bus.answer(
            ProfilesApi.LOOK,
            asked -> Future.failedFuture(Failure.of(Reason.NOT_FOUND, "there is no such user")))
        .await();

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> run("users.get", "{\"user\":\"" + ROOM + "\"}"))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  private JsonNode run(String command, String json) {
    ObjectNode args = Json.object(json.getBytes(StandardCharsets.UTF_8));
    return commands.find(command).orElseThrow().run(ADA, new Args(args)).await();
  }

  private static String room(String fields) {
    return "{\"room\":\"" + ROOM + "\"," + fields + "}";
  }

  private static LogApi.Encoded entry(long seq, String json) {
    return new LogApi.Encoded(
        LogId.room(UUID.fromString(ROOM)),
        seq,
        new Bytes(json.getBytes(StandardCharsets.UTF_8)),
        Optional.empty());
  }

  private static LogApi.Head head(long seq) {
    return new LogApi.Head(LogId.room(UUID.fromString(ROOM)), seq, seq - 1, 0, "c" + seq);
  }

  private static final class Recorded implements LogClient {
    private final List<LogId> logs = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();

    @Override
    public Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
      logs.add(log);
      drafts.add(draft);
      return Future.succeededFuture(new LogApi.Appended(42, 40, 1500, "cur", "an-id", false));
    }

    @Override
    public Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> signal(LogId log, UserId user, String kind) {
      return Future.succeededFuture();
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
