package io.parley.accounts;

import io.parley.audit.Actor;
import io.parley.audit.AuditApi;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What those who run a server may do to accounts; {@link Right} says who may do what. Everything
 * here fails FORBIDDEN for whoever lacks the right, before anything else is looked at, and what is
 * changed is in the audit log, in the same transaction.
 *
 * <p>There is no such command for sockets: programs and pages of those who run a server use REST.
 */
public interface StaffApi {

  /**
   * Accounts in the order of their folded names, then ids; paged by an opaque cursor. Pages have 1
   * to 100, whatever is asked for. Who may not see how to reach people finds nobody by it. Fails
   * INVALID naming the field.
   */
  Endpoint<Search, ListedPage> SEARCH =
      new Endpoint<>("staff.search", Search.class, ListedPage.class);

  /** One account. Fails NOT_FOUND; a deleted account is none. */
  Endpoint<LookUp, Listed> LOOK = new Endpoint<>("staff.look", LookUp.class, Listed.class);

  /**
   * Gives an account another role. Fails NOT_FOUND, FORBIDDEN for oneself, CONFLICT when no admin
   * would be left.
   */
  Endpoint<GiveRole, Listed> GIVE_ROLE =
      new Endpoint<>("staff.giveRole", GiveRole.class, Listed.class);

  /**
   * Keeps an account from signing in and ends its sessions; one that is kept already stays as it
   * is. Fails NOT_FOUND, INVALID without a reason, FORBIDDEN for oneself and for who is not lower,
   * CONFLICT when no admin would be left.
   */
  Endpoint<Disable, Listed> DISABLE = new Endpoint<>("staff.disable", Disable.class, Listed.class);

  /** Lets an account sign in again. Fails as above. */
  Endpoint<Enable, Listed> ENABLE = new Endpoint<>("staff.enable", Enable.class, Listed.class);

  /** Ends all sessions of an account, or one. Fails as above. */
  Endpoint<EndSessions, SessionsApi.AllEnded> END_SESSIONS =
      new Endpoint<>("staff.endSessions", EndSessions.class, SessionsApi.AllEnded.class);

  /** Reads the audit log, the newest first. Fails INVALID naming the field. */
  Endpoint<ReadAudit, AuditApi.Page> READ_AUDIT =
      new Endpoint<>("staff.readAudit", ReadAudit.class, AuditApi.Page.class);

  Contract CONTRACT = Contract.of(StaffApi.class);

  /**
   * @param query part of a name or username; for who may see them, a whole e-mail address or phone
   *     number as well
   * @param disabled only those who may not sign in, or only those who may
   */
  record Search(
      Actor by,
      Optional<String> query,
      Optional<Role> role,
      Optional<Boolean> disabled,
      Optional<String> after,
      int limit) {
    @Override
    public String toString() {
      return "Search[by=" + by + "]";
    }
  }

  record ListedPage(List<Listed> users, Optional<String> next) {}

  record LookUp(Actor by, UserId user) {}

  record GiveRole(Actor by, UserId user, Role role, Optional<String> address) {}

  record Disable(Actor by, UserId user, String reason, Optional<String> address) {}

  record Enable(Actor by, UserId user, Optional<String> address) {}

  /**
   * @param session empty for all of them
   */
  record EndSessions(
      Actor by, UserId user, Optional<SessionId> session, Optional<String> address) {}

  record ReadAudit(Actor by, AuditApi.Query query) {}

  /**
   * An account as those see it who run the server. How to reach its owner is kept out of every text
   * form.
   *
   * @param email absent, as the phone number, for who may not see it
   * @param sessions how many there are
   */
  record Listed(
      UserId id,
      String name,
      Optional<String> username,
      Optional<String> email,
      Optional<String> phoneNumber,
      Role role,
      Instant createdAt,
      Optional<Disabled> disabled,
      int sessions) {
    Listed withoutIdentifiers() {
      return new Listed(
          id,
          name,
          username,
          Optional.empty(),
          Optional.empty(),
          role,
          createdAt,
          disabled,
          sessions);
    }

    @Override
    public String toString() {
      return "Listed[" + id + "]";
    }
  }

  /**
   * That an account may not sign in.
   *
   * @param by an account's id, or where else it came from
   */
  record Disabled(Instant at, String by, String reason) {}
}
