package io.parley.accounts;

import io.parley.accounts.AccountStore.Place;
import io.parley.accounts.StaffApi.Disabled;
import io.parley.accounts.StaffApi.Listed;
import io.parley.accounts.StaffApi.ListedPage;
import io.parley.accounts.StaffStore.Change;
import io.parley.accounts.StaffStore.Changed;
import io.parley.accounts.StaffStore.Ending;
import io.parley.accounts.StaffStore.Filter;
import io.parley.accounts.StaffStore.Situation;
import io.parley.audit.Act;
import io.parley.audit.Actor;
import io.parley.audit.AuditApi;
import io.parley.audit.AuditEntry;
import io.parley.audit.Journal;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules of those who run the server. Whoever asks for something is looked up each time, and for
 * a change once more in its transaction: what an edge believes them to be is no ground to stand on.
 */
public final class Staff {
  private static final int PAGE_MAX = 100;
  private static final int QUERY_MAX = 254;
  private static final int REASON_MAX = 500;

  private final StaffStore store;
  private final Endings endings;
  private final Journal journal;
  private final Bus bus;
  private final Clock clock;

  public Staff(StaffStore store, Endings endings, Journal journal, Bus bus, Clock clock) {
    this.store = store;
    this.endings = endings;
    this.journal = journal;
    this.bus = bus;
    this.clock = clock;
  }

  /** Answers {@link StaffApi#SEARCH}. */
  public Future<ListedPage> search(StaffApi.Search request) {
    return required(request.by(), Right.LOOK_UP).compose(role -> search(role, request));
  }

  private Future<ListedPage> search(Role role, StaffApi.Search request) {
    String query = request.query().orElse("").strip();
    Names.refuseLongerThan("query", query, QUERY_MAX);
    Names.refuseDeceptive("query", query);
    Filter filter =
        new Filter(Names.folded(query), reachable(role, query), request.role(), request.disabled());
    Optional<Place> after = request.after().map(Places::read);
    int limit = Math.max(1, Math.min(PAGE_MAX, request.limit()));
    // One more than asked for tells whether there is a next page.
    return store
        .search(filter, after, now(), limit + 1)
        .map(found -> page(found.stream().map(each -> shown(role, each)).toList(), limit));
  }

  /** An e-mail address or a phone number, for who may know whose it is. */
  private static Optional<Identifier> reachable(Role role, String query) {
    return Identifier.typed(query)
        .filter(known -> known.kind() != Identifier.Kind.USERNAME)
        .filter(known -> Right.SEE_IDENTIFIERS.of(role));
  }

  private static ListedPage page(List<Listed> found, int limit) {
    if (found.size() <= limit) {
      return new ListedPage(found, Optional.empty());
    }
    List<Listed> shown = List.copyOf(found.subList(0, limit));
    Listed last = shown.get(limit - 1);
    return new ListedPage(shown, Optional.of(Places.write(last.name(), last.id())));
  }

  /** Answers {@link StaffApi#LOOK}. */
  public Future<Listed> look(StaffApi.LookUp request) {
    return required(request.by(), Right.LOOK_UP)
        .compose(
            role ->
                store
                    .look(request.user(), now())
                    .map(found -> found.orElseThrow(Staff::missing))
                    .map(found -> shown(role, found)));
  }

  private static Listed shown(Role role, Listed account) {
    return Right.SEE_IDENTIFIERS.of(role) ? account : account.withoutIdentifiers();
  }

  /** Answers {@link StaffApi#READ_AUDIT}. */
  public Future<AuditApi.Page> readAudit(StaffApi.ReadAudit request) {
    return required(request.by(), Right.READ_AUDIT)
        .compose(role -> bus.ask(AuditApi.READ, request.query()));
  }

  /** Answers {@link StaffApi#GIVE_ROLE}. */
  public Future<Listed> giveRole(StaffApi.GiveRole request) {
    AuditEntry entry =
        entry(Act.ROLE_CHANGED, request.by(), request.user(), request.address())
            .with("to", request.role().word());
    return change(
        request.by(),
        request.user(),
        Right.GIVE_ROLES,
        now -> situation -> given(situation, request.role(), entry));
  }

  private static Change given(Situation situation, Role role, AuditEntry entry) {
    if (role == situation.role()) {
      return unchanged(situation);
    }
    if (role != Role.ADMIN) {
      requireAnotherAdmin(situation);
    }
    return new Change(
        role,
        situation.disabled(),
        Ending.NONE,
        List.of(entry.with("from", situation.role().word())));
  }

  /** Answers {@link StaffApi#DISABLE}. */
  public Future<Listed> disable(StaffApi.Disable request) {
    AuditEntry entry = entry(Act.DISABLED, request.by(), request.user(), request.address());
    return change(
        request.by(),
        request.user(),
        Right.SUSPEND,
        now -> {
          String reason = Names.shown("reason", request.reason(), REASON_MAX);
          Disabled disabled = new Disabled(now, request.by().text(), reason);
          return situation -> disabled(situation, disabled, entry.because(reason));
        });
  }

  private static Change disabled(Situation situation, Disabled disabled, AuditEntry entry) {
    if (situation.disabled().isPresent()) {
      return unchanged(situation);
    }
    requireAnotherAdmin(situation);
    return new Change(situation.role(), Optional.of(disabled), Ending.ALL, List.of(entry));
  }

  /** Answers {@link StaffApi#ENABLE}. */
  public Future<Listed> enable(StaffApi.Enable request) {
    AuditEntry entry = entry(Act.ENABLED, request.by(), request.user(), request.address());
    return change(
        request.by(),
        request.user(),
        Right.SUSPEND,
        now ->
            situation ->
                situation.disabled().isEmpty()
                    ? unchanged(situation)
                    : new Change(situation.role(), Optional.empty(), Ending.NONE, List.of(entry)));
  }

  /** Answers {@link StaffApi#END_SESSIONS}. */
  public Future<SessionsApi.AllEnded> endSessions(StaffApi.EndSessions request) {
    AuditEntry entry = entry(Act.SESSION_REVOKED, request.by(), request.user(), request.address());
    Ending ending = new Ending(true, request.session(), Optional.of(entry));
    return changed(
            request.by(),
            request.user(),
            Right.SUSPEND,
            now ->
                situation -> new Change(situation.role(), situation.disabled(), ending, List.of()))
        .map(changed -> new SessionsApi.AllEnded(changed.ended().size()));
  }

  private Future<Listed> change(
      Actor by, UserId user, Right right, Function<Instant, Function<Situation, Change>> rule) {
    return changed(by, user, right, rule).map(Changed::account);
  }

  /** Rights first, so that nobody learns more than that from asking. */
  private Future<Changed> changed(
      Actor by, UserId user, Right right, Function<Instant, Function<Situation, Change>> rule) {
    Instant now = now();
    return required(by, right)
        .compose(
            role -> decided(by, user, right, now, rule.apply(now)).map(done -> seen(role, done)))
        .onSuccess(changed -> changed.ended().forEach(endings::announce));
  }

  private Future<Changed> decided(
      Actor by, UserId user, Right right, Instant now, Function<Situation, Change> decide) {
    return store.change(
        by.account().map(UserId::new),
        user,
        now,
        situation -> {
          requireOver(by, user, right, situation);
          return decide.apply(situation);
        });
  }

  private static Changed seen(Role role, Changed changed) {
    return new Changed(shown(role, changed.account()), changed.ended());
  }

  private Future<Role> required(Actor by, Right right) {
    return role(by)
        .map(
            role -> {
              right.require(role);
              return role;
            });
  }

  /** What somebody is right now. */
  private Future<Role> role(Actor by) {
    if (by.atCommandLine()) {
      return Future.succeededFuture(Role.ADMIN);
    }
    return by.account()
        .map(account -> store.role(new UserId(account)).map(role -> role.orElse(Role.USER)))
        .orElse(Future.succeededFuture(Role.USER));
  }

  private static void requireOver(Actor by, UserId user, Right right, Situation situation) {
    if (by.atCommandLine()) {
      return;
    }
    Role role = situation.by().orElse(Role.USER);
    right.require(role);
    if (by.account().filter(user.value()::equals).isPresent()) {
      throw Failure.of(Reason.FORBIDDEN, "nobody does this to themselves");
    }
    if (!Right.over(role, situation.role())) {
      throw Right.refused();
    }
  }

  private static void requireAnotherAdmin(Situation situation) {
    boolean admin = situation.role() == Role.ADMIN && situation.disabled().isEmpty();
    if (admin && !situation.otherAdmins()) {
      throw lastAdmin();
    }
  }

  /** Why something cannot be done to the only one who could undo it. */
  static Failure lastAdmin() {
    return Failure.of(
        Reason.CONFLICT, "this is the last admin of this server; make somebody else one first");
  }

  private static Change unchanged(Situation situation) {
    return new Change(situation.role(), situation.disabled(), Ending.NONE, List.of());
  }

  private AuditEntry entry(Act act, Actor by, UserId user, Optional<String> address) {
    return journal.entry(act, by, user.value()).from(address);
  }

  private static Failure missing() {
    return Failure.of(Reason.NOT_FOUND, "there is no such account");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
