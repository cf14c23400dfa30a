package io.parley.http;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.DeparturesApi;
import io.parley.accounts.ExportsApi;
import io.parley.accounts.IdentityApi;
import io.parley.accounts.Notifications;
import io.parley.accounts.Policy;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.StaffApi;
import io.parley.accounts.UserId;
import io.parley.audit.AuditApi;
import io.parley.bus.Bus;
import io.parley.bus.Bytes;
import io.parley.bus.Endpoint;
import io.parley.contacts.ContactsApi;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.AuthorsApi;
import io.parley.log.Draft;
import io.parley.log.LogApi;
import io.parley.log.LogClient;
import io.parley.log.LogId;
import io.parley.log.PicksApi;
import io.parley.log.ThreadsApi;
import io.parley.messages.MessagesApi;
import io.parley.presence.Choice;
import io.parley.presence.PresenceApi;
import io.parley.presence.State;
import io.parley.presence.Status;
import io.parley.rooms.Door;
import io.parley.rooms.History;
import io.parley.rooms.InvitesApi;
import io.parley.rooms.ModerationApi;
import io.parley.rooms.Notify;
import io.parley.rooms.ReadersApi;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.Role;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomType;
import io.parley.rooms.RoomsApi;
import io.parley.rooms.SettingsApi;
import io.parley.rooms.Terms;
import io.parley.search.SearchApi;
import io.parley.threads.FollowsApi;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What stands behind the edge in its tests: answers the same to everybody, and remembers what it
 * was asked. The room {@link #HIDDEN} does not exist for anybody, {@link #FOREIGN} has others in
 * it.
 */
final class FakeCapabilities {
  static final String ROOM = "0190b6c8-0000-7000-8000-00000000000a";
  static final String HIDDEN = "0190b6c8-0000-7000-8000-00000000000b";
  static final String FOREIGN = "0190b6c8-0000-7000-8000-00000000000c";
  static final String BOB = "0190b6c8-0000-7000-8000-000000000003";

  final List<Record> asked = new CopyOnWriteArrayList<>();
  final List<Draft> appended = new CopyOnWriteArrayList<>();
  final Logs logs = new Logs();

  /** What fails whatever it is asked, by its address. */
  final Map<String, Failure> failing = new ConcurrentHashMap<>();

  private static final RoomId ID = new RoomId(UUID.fromString(ROOM));

  private final Bus bus;

  FakeCapabilities(Bus bus) {
    this.bus = bus;
    accounts();
    people();
    presence();
    contacts();
    sessions();
    staff();
    identity();
    rooms();
    messages();
    threads();
  }

  /** What one capability was asked last. */
  <T extends Record> T last(Class<T> type) {
    return asked.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private void accounts() {
    answer(AccountsApi.REGISTER, signedIn());
    answer(AccountsApi.LOGIN, signedIn());
    answer(AccountsApi.REFRESH, signedIn());
    answer(AccountsApi.LOGOUT, new AccountsApi.Done());
    answer(AccountsApi.OWN, signedIn().account());
    AccountsApi.Profile ada = new AccountsApi.Profile(TestEdge.ADA, "Ada", Optional.of("ada"));
    answer(AccountsApi.PROFILES, new AccountsApi.ProfilesFound(List.of(ada)));
    answer(
        AccountsApi.DIRECTORY, new AccountsApi.DirectoryPage(List.of(ada), Optional.of("more&=")));
  }

  private void people() {
    UserId ada = TestEdge.ADA;
    Optional<String> username = Optional.of("ada");
    Optional<Notifications> all = Optional.of(Notifications.ALL);
    answer(
        ProfilesApi.OWN,
        new ProfilesApi.OwnProfile(
            ada, "Ada", username, "counts", Policy.CONTACTS, Policy.EVERYONE, all));
    answer(
        ProfilesApi.UPDATE,
        new ProfilesApi.OwnProfile(
            ada, "Ada", Optional.empty(), "", Policy.EVERYONE, Policy.NOBODY, all));
    answer(
        ProfilesApi.LOOK,
        new ProfilesApi.Person(
            TestEdge.ADA,
            "Ada",
            Optional.of("ada"),
            Optional.of("counts"),
            Optional.of(Instant.EPOCH),
            true,
            Optional.of("Countess"),
            false));
  }

  private void presence() {
    Optional<Status> lunch =
        Optional.of(new Status("lunch", Optional.of("🍜"), Optional.of(Instant.EPOCH)));
    PresenceApi.Seen away =
        new PresenceApi.Seen(TestEdge.ADA, State.OFFLINE, Optional.of(Instant.EPOCH), lunch);
    answer(PresenceApi.LOOK, new PresenceApi.Looked(List.of(new PresenceApi.Shown(List.of(away)))));
    answer(PresenceApi.CHOOSE, new PresenceApi.Own(Choice.DND, lunch));
    answer(PresenceApi.OWN, new PresenceApi.Own(Choice.INVISIBLE, Optional.empty()));
  }

  private void contacts() {
    ContactsApi.Contact bob =
        new ContactsApi.Contact(
            new UserId(UUID.fromString(BOB)),
            "Bob",
            Optional.of("bob"),
            Optional.of("Bobby"),
            Instant.EPOCH);
    answer(ExportsApi.BEGIN, new ExportsApi.ExportBegun());
    answer(ExportsApi.END, new ExportsApi.ExportEnded());
    LogApi.Head head = new LogApi.Head(LogId.user(TestEdge.ADA.value()), 0, 0, 0, "");
    answer(LogApi.READ, new LogApi.Page(List.of(), false, false, head));
    answer(AuthorsApi.SAID, new AuthorsApi.SaidFound(List.of(), Optional.empty()));
    answer(DeparturesApi.LEAVE, new DeparturesApi.Left());
    answer(ContactsApi.ADD, bob);
    answer(ContactsApi.REMOVE, new ContactsApi.Done());
    answer(ContactsApi.LIST, new ContactsApi.ContactPage(List.of(bob), Optional.empty()));
    answer(ContactsApi.BLOCK, new ContactsApi.Done());
    answer(ContactsApi.UNBLOCK, new ContactsApi.Done());
    answer(
        ContactsApi.BLOCKED,
        new ContactsApi.BlockedPage(
            List.of(new ContactsApi.Blocked(bob.id(), "Bob", Optional.empty(), Instant.EPOCH)),
            Optional.empty()));
  }

  private void staff() {
    UserId bob = new UserId(UUID.fromString(BOB));
    StaffApi.Listed listed =
        new StaffApi.Listed(
            bob,
            "Bob",
            Optional.of("bob"),
            Optional.of("bob@example.org"),
            Optional.of("+14155550100"),
            io.parley.accounts.Role.MODERATOR,
            Instant.EPOCH,
            Optional.of(new StaffApi.Disabled(Instant.EPOCH, TestEdge.ADA.toString(), "spam")),
            2);
    answer(StaffApi.SEARCH, new StaffApi.ListedPage(List.of(listed), Optional.of("more")));
    answer(StaffApi.LOOK, listed);
    answer(StaffApi.GIVE_ROLE, listed);
    answer(StaffApi.DISABLE, listed);
    answer(StaffApi.ENABLE, listed);
    answer(StaffApi.END_SESSIONS, new SessionsApi.AllEnded(2));
    AuditApi.Noted noted =
        new AuditApi.Noted(
            bob.value(),
            Instant.EPOCH,
            "cli:root",
            "role.changed",
            Optional.of(bob.value()),
            Map.of("from", "user"),
            Optional.of("192.0.2.1"),
            Optional.of("why"));
    answer(StaffApi.READ_AUDIT, new AuditApi.Page(List.of(noted), Optional.of("more")));
    answer(AuditApi.READ, new AuditApi.Page(List.of(noted), Optional.empty()));
  }

  private void sessions() {
    SessionsApi.OwnSession own =
        new SessionsApi.OwnSession(
            signedIn().session(),
            "phone",
            "192.0.2.1",
            TestEdge.NOW,
            TestEdge.NOW,
            TestEdge.NOW.plusSeconds(60));
    answer(SessionsApi.OWN, new SessionsApi.OwnSessions(List.of(own)));
    answer(SessionsApi.END, new AccountsApi.Done());
    answer(SessionsApi.END_ALL, new SessionsApi.AllEnded(2));
  }

  private void identity() {
    answer(IdentityApi.VERIFY_EMAIL, new AccountsApi.Done());
    answer(IdentityApi.RESEND, new AccountsApi.Done());
    answer(IdentityApi.ASK_RESET, new AccountsApi.Done());
    answer(IdentityApi.RESET, new AccountsApi.Done());
    answer(IdentityApi.CHANGE_PASSWORD, new AccountsApi.Done());
    answer(
        IdentityApi.CHANGE_IDENTIFIER,
        new IdentityApi.Changed(signedIn().account(), Optional.of("ada@example.net")));
  }

  private void rooms() {
    answer(RoomsApi.WELCOME, new RoomsApi.Done());
    answer(RoomsApi.CREATE, room());
    answer(RoomsApi.DIRECT, room());
    answer(RoomsApi.LIST, new RoomsApi.RoomPage(List.of(room()), Optional.of("more")));
    answer(RoomsApi.GET, room());
    answer(RoomsApi.JOIN, room());
    answer(RoomsApi.READ, new RoomsApi.Marked(ID, 9, 8, Optional.of(0L)));
    reading();
    answer(RoomsApi.LEAVE, new RoomsApi.Done());
    answer(RoomsApi.DELETE, new RoomsApi.Done());
    RoomsApi.Member ada =
        new RoomsApi.Member(
            TestEdge.ADA, "Ada", Role.OWNER, TestEdge.NOW, Optional.of(TestEdge.NOW));
    answer(RoomsApi.MEMBERS, new RoomsApi.MemberPage(List.of(ada), Optional.empty()));
    answer(RoomsApi.ADD, new RoomsApi.Done());
    answer(RoomsApi.REMOVE, new RoomsApi.Done());
    answer(RoomsApi.ROLE, new RoomsApi.Done());
    answer(RoomsApi.UPDATE, room());
    moderation();
    invites();
  }

  private void invites() {
    InvitesApi.Link link =
        new InvitesApi.Link(
            ID.value(),
            new ModerationApi.Person(TestEdge.ADA, "Ada"),
            TestEdge.NOW,
            TestEdge.NOW,
            100,
            1);
    answer(InvitesApi.MAKE, new InvitesApi.Made("pit_" + "A".repeat(43), link));
    answer(InvitesApi.LIST, new InvitesApi.Listed(List.of(link)));
    answer(InvitesApi.REVOKE, new RoomsApi.Done());
    answer(InvitesApi.LOOK, new InvitesApi.Invited(ID, "general", RoomType.PUBLIC, 2, true));
    answer(InvitesApi.ACCEPT, room());
    answer(SettingsApi.CHOOSE, room());
    answer(RequestsApi.ASK, room());
    answer(RequestsApi.WITHDRAW, new RoomsApi.Done());
    RequestsApi.Request asks =
        new RequestsApi.Request(TestEdge.ADA, "Ada", "please", TestEdge.NOW, TestEdge.NOW);
    answer(RequestsApi.LIST, new RequestsApi.RequestPage(List.of(asks), Optional.of("more")));
    RequestsApi.Asked asked = new RequestsApi.Asked("please", TestEdge.NOW, TestEdge.NOW, false);
    answer(RequestsApi.OWN, new RequestsApi.MineFound(List.of(new RequestsApi.Pending(ID, asked))));
    answer(RequestsApi.ADMIT, new RoomsApi.Done());
    answer(RequestsApi.REFUSE, new RoomsApi.Done());
  }

  private void messages() {
    answer(
        MessagesApi.HISTORY,
        new LogApi.HistoryPage(List.of(entry(7), entry(8)), true, true, head(9)));
    answer(
        MessagesApi.THREAD,
        new ThreadsApi.Unfolded(said(6), List.of(entry(7), entry(8)), true, true, head(9)));
    answer(MessagesApi.GET, new PicksApi.Picked(List.of(said(7)), false));
    answer(MessagesApi.PINS, new PicksApi.Picked(List.of(entry(7)), true));
    answer(MessagesApi.REVISIONS, new PicksApi.Picked(List.of(entry(7), entry(8)), false));
    answer(MessagesApi.SYNC, new LogApi.Page(List.of(entry(8)), true, false, head(9)));
    SearchApi.Result result =
        new SearchApi.Result(
            new RoomId(UUID.fromString(ROOM)), entry(8), List.of(new SearchApi.Range(0, 2)));
    answer(SearchApi.MESSAGES, new SearchApi.Found(List.of(result), Optional.of("more&=")));
  }

  private <Q extends Record, R extends Record> void answer(Endpoint<Q, R> endpoint, R response) {
    bus.answer(
            endpoint,
            request -> {
              asked.add(request);
              return Optional.ofNullable(failing.get(endpoint.address()))
                  .or(() -> refused(request.toString()))
                  .<Future<R>>map(Future::failedFuture)
                  .orElseGet(() -> Future.succeededFuture(response));
            })
        .await();
  }

  private static Optional<Failure> refused(String request) {
    if (request.contains(HIDDEN)) {
      return Optional.of(Failure.of(Reason.NOT_FOUND, "there is no such room"));
    }
    if (request.contains(FOREIGN)) {
      return Optional.of(Failure.of(Reason.NOT_MEMBER, "you are not a member"));
    }
    return Optional.empty();
  }

  private static AccountsApi.SignedIn signedIn() {
    AccountsApi.Account account =
        new AccountsApi.Account(
            TestEdge.ADA,
            "Ada",
            Optional.of("ada"),
            Optional.of("ada@example.org"),
            Optional.empty(),
            Optional.empty(),
            TestEdge.NOW);
    return new AccountsApi.SignedIn(
        account,
        TestEdge.SESSION,
        "access-token",
        TestEdge.NOW.plusSeconds(900),
        "refresh-token",
        TestEdge.NOW.plusSeconds(86400));
  }

  private void moderation() {
    answer(ModerationApi.BAN, new RoomsApi.Done());
    answer(ModerationApi.UNBAN, new RoomsApi.Done());
    answer(ModerationApi.MUTE, new RoomsApi.Done());
    answer(ModerationApi.UNMUTE, new RoomsApi.Done());
    answer(ModerationApi.ARCHIVE, room());
    answer(ModerationApi.UNARCHIVE, room());
    ModerationApi.Banned bob =
        new ModerationApi.Banned(
            TestEdge.ADA,
            "Bob",
            new ModerationApi.Person(TestEdge.ADA, "Ada"),
            TestEdge.NOW,
            Optional.of(TestEdge.NOW),
            "spam");
    answer(ModerationApi.BANS, new ModerationApi.BanPage(List.of(bob), Optional.of("more")));
  }

  private void reading() {
    ReadersApi.Marker ada = new ReadersApi.Marker(TestEdge.ADA, 9, 8, 1);
    List<ReadersApi.Step> steps = List.of(new ReadersApi.Step(9, 2));
    answer(ReadersApi.DELIVERED, new RoomsApi.Done());
    answer(ReadersApi.RALLY, new RoomsApi.Done());
    answer(ReadersApi.UNREAD, new RoomsApi.Marked(ID, 9, 8, Optional.of(1L)));
    answer(
        ReadersApi.RECEIPTS,
        new ReadersApi.ReceiptsFound(
            ID,
            60,
            ada,
            Optional.of(List.of(ada)),
            Optional.of(new ReadersApi.Counts(0, steps, steps, List.of()))));
    answer(
        ReadersApi.EXPLAIN,
        new ReadersApi.Explained(ID, 7, 9, 1, 1, List.of(entry(8)), List.of(8L), Optional.of(8L)));
  }

  private void threads() {
    FollowsApi.Followed thread =
        new FollowsApi.Followed(ID, 6, true, 7, 1, 2, 8, TestEdge.NOW, 1, 1);
    answer(FollowsApi.FOLLOW, thread);
    answer(FollowsApi.UNFOLLOW, thread);
    answer(FollowsApi.READ, thread);
    answer(FollowsApi.LOOK, thread);
    answer(
        FollowsApi.LIST,
        new FollowsApi.FollowedPage(List.of(thread), List.of(said(6)), Optional.empty()));
    answer(
        FollowsApi.EXPLAIN,
        new ReadersApi.Explained(ID, 7, 8, 1, 1, List.of(said(8)), List.of(8L), Optional.of(8L)));
  }

  private static RoomsApi.RoomView room() {
    return new RoomsApi.RoomView(
        new RoomId(UUID.fromString(ROOM)),
        "general",
        "for all",
        RoomType.PUBLIC,
        TestEdge.NOW,
        2,
        Optional.empty(),
        Optional.of(
            new RoomsApi.Own(
                Role.OWNER,
                TestEdge.NOW,
                9,
                "c9",
                8,
                TestEdge.NOW.toEpochMilli(),
                7,
                1,
                Optional.empty(),
                Optional.of(1L),
                Optional.of(0L),
                Optional.of(3L),
                Optional.of(
                    new SettingsApi.Shown(
                        true, Notify.MENTIONS, Optional.of(TestEdge.NOW), false)))),
        Optional.of(entry(8)),
        Optional.empty(),
        Optional.of(new Terms(History.SINCE_JOIN, Door.REQUEST)),
        Optional.of(new RequestsApi.Asked("please", TestEdge.NOW, TestEdge.NOW, false)),
        Optional.of(2));
  }

  private static LogApi.Encoded entry(long seq) {
    return entry(seq, "");
  }

  /** One that says something. */
  private static LogApi.Encoded said(long seq) {
    String more = ",\"author\":{\"id\":\"%s\",\"name\":\"Bob\"},\"body\":{\"text\":\"hi\"}";
    return entry(seq, more.formatted(BOB));
  }

  private static LogApi.Encoded entry(long seq, String more) {
    String json =
        "{\"kind\":\"message\",\"room\":\"%s\",\"seq\":%d,\"cursor\":\"c%d\",\"at\":\"%s\"%s}"
            .formatted(ROOM, seq, seq, TestEdge.NOW, more);
    return new LogApi.Encoded(
        LogId.room(UUID.fromString(ROOM)),
        seq,
        new Bytes(json.getBytes(StandardCharsets.UTF_8)),
        Optional.empty());
  }

  private static LogApi.Head head(long seq) {
    return new LogApi.Head(LogId.room(UUID.fromString(ROOM)), seq, seq, 0, "c" + seq);
  }

  /** Appends nothing; the cid {@code again} stood already. */
  final class Logs implements LogClient {
    @Override
    public Future<LogApi.Appended> append(LogId log, Draft draft, Duration patience) {
      Optional<Failure> refused = refused(log.toString());
      if (refused.isPresent()) {
        return Future.failedFuture(refused.get());
      }
      if (draft.cid().equals("slow")) {
        return Future.failedFuture(
            Failure.of(Reason.SLOW_MODE, "wait 4 s").with("retryAfterMs", 3500));
      }
      appended.add(draft);
      boolean again = draft.cid().equals("again");
      String id = "0190b6c8-0000-7000-8000-0000000000ff";
      return Future.succeededFuture(
          new LogApi.Appended(10, 9, TestEdge.NOW.toEpochMilli(), "c10", id, again));
    }

    @Override
    public Future<LogApi.Admitted> admit(LogId log, UserId user, long seen) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> signal(LogId log, UserId user, String kind) {
      return refused(log.toString())
          .<Future<Void>>map(Future::failedFuture)
          .orElseGet(Future::succeededFuture);
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
