package io.parley.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Identity;
import io.parley.accounts.Policy;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.UserId;
import io.parley.audit.AuditApi;
import io.parley.audit.AuditApi.Noted;
import io.parley.bus.Bus;
import io.parley.contacts.ContactsApi;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.presence.Choice;
import io.parley.presence.PresenceApi;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.RoomsApi;
import io.parley.threads.FollowsApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody can take along of what was done. */
class ExportTest {
  private static final UserId ADA = new UserId(UUID.randomUUID());
  private static final UserId BEN = new UserId(UUID.randomUUID());

  private final Vertx vertx = Vertx.vertx();
  private final List<Noted> log = new ArrayList<>();
  private final List<Integer> limits = new ArrayList<>();
  private final Bus bus =
      Bus.over(
          vertx,
          List.of(
              AccountsApi.CONTRACT,
              ProfilesApi.CONTRACT,
              SessionsApi.CONTRACT,
              ContactsApi.CONTRACT,
              AuditApi.CONTRACT,
              PresenceApi.CONTRACT,
              RoomsApi.CONTRACT,
              FollowsApi.CONTRACT,
              RequestsApi.CONTRACT,
              LogApi.CONTRACT));

  @BeforeEach
  void answer() {
    AccountsApi.Account account =
        new AccountsApi.Account(
            ADA,
            "Ada",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH);
    ProfilesApi.OwnProfile profile =
        new ProfilesApi.OwnProfile(
            ADA, "Ada", Optional.empty(), "", Policy.EVERYONE, Policy.EVERYONE, Optional.empty());
    LogApi.Head head = new LogApi.Head(LogId.user(ADA.value()), 0, 0, 0, "");
    Optional<String> last = Optional.empty();
    Await.of(bus.answer(AccountsApi.OWN, own -> done(account)));
    Await.of(bus.answer(ProfilesApi.OWN, mine -> done(profile)));
    PresenceApi.Own shown = new PresenceApi.Own(Choice.INVISIBLE, Optional.empty());
    Await.of(bus.answer(PresenceApi.OWN, mine -> done(shown)));
    Await.of(bus.answer(SessionsApi.OWN, own -> done(new SessionsApi.OwnSessions(List.of()))));
    Await.of(bus.answer(ContactsApi.LIST, l -> done(new ContactsApi.ContactPage(List.of(), last))));
    Await.of(
        bus.answer(ContactsApi.BLOCKED, l -> done(new ContactsApi.BlockedPage(List.of(), last))));
    Await.of(
        bus.answer(
            FollowsApi.LIST,
            list -> done(new FollowsApi.FollowedPage(List.of(), List.of(), last))));
    Await.of(bus.answer(RequestsApi.OWN, own -> done(new RequestsApi.MineFound(List.of()))));
    Await.of(bus.answer(RoomsApi.LIST, list -> done(new RoomsApi.RoomPage(List.of(), last))));
    Await.of(bus.answer(LogApi.READ, read -> done(new LogApi.Page(List.of(), false, false, head))));
    Await.of(bus.answer(AuditApi.READ, query -> done(page(query))));
  }

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  private static <T> Future<T> done(T answer) {
    return Future.succeededFuture(answer);
  }

  /** Two at a time, of those for which all holds that is asked for. */
  private AuditApi.Page page(AuditApi.Query query) {
    limits.add(query.limit());
    List<Noted> found =
        log.stream()
            .filter(entry -> query.actor().map(entry.actor()::equals).orElse(true))
            .filter(entry -> query.subject().isEmpty() || query.subject().equals(entry.subject()))
            .toList();
    int from = query.after().map(Integer::parseInt).orElse(0);
    int until = Math.min(found.size(), from + 2);
    return new AuditApi.Page(
        found.subList(from, until),
        until < found.size() ? Optional.of(String.valueOf(until)) : Optional.empty());
  }

  private void noted(String actor, String act, UserId subject) {
    log.add(
        new Noted(
            UUID.randomUUID(),
            Instant.EPOCH,
            actor,
            act,
            Optional.of(subject.value()),
            Map.of("of", subject.toString()),
            Optional.of("from " + actor),
            Optional.of("why by " + actor)));
  }

  private JsonNode exported() {
    StringBuilder text = new StringBuilder();
    Identity ada = new Identity(ADA, "Ada", new SessionId(UUID.randomUUID()), Instant.MAX);
    Await.of(
        new Export(bus, Clock.systemUTC())
            .write(
                ada,
                piece -> {
                  text.append(piece);
                  return Future.succeededFuture();
                }));
    return Json.object(text.toString().getBytes(StandardCharsets.UTF_8)).path("audit");
  }

  @Test
  void whatWasDoneIsToldInPagesAndOnce() {
    for (int i = 0; i < 5; i++) {
      noted(ADA.toString(), "own" + i, ADA);
      noted("cli:root", "done" + i, ADA);
      noted(BEN.toString(), "foreign" + i, BEN);
    }

    assertThat(exported().findValuesAsText("act"))
        .containsExactly(
            "own0", "own1", "own2", "own3", "own4", "done0", "done1", "done2", "done3", "done4");
    assertThat(limits).hasSize(3 + 5).allMatch(limit -> limit <= 200);
  }

  @Test
  void nothingOfAnybodyElseIsToldWithIt() {
    noted(ADA.toString(), "session.opened", ADA);
    noted(ADA.toString(), "account.disabled", BEN);
    noted(BEN.toString(), "account.disabled", ADA);
    noted("cli:root", "role.changed", ADA);
    noted("stranger", "signIn.paused", ADA);
    noted("system", "session.revoked", ADA);

    JsonNode audit = exported();

    assertThat(audit.findValuesAsText("by"))
        .containsExactly("self", "self", "staff", "staff", "stranger", "server");
    assertThat(audit.findValuesAsText("address")).containsOnly("from " + ADA).hasSize(2);
    assertThat(audit.toString())
        .doesNotContain(BEN.toString(), "root", "why", "from stranger", "from system");
    assertThat(audit.get(0).path("details").path("of").asText()).isEqualTo(ADA.toString());
    assertThat(audit.get(1).path("details")).isEmpty();
  }
}
