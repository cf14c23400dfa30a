package io.parley.accounts;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be asked of accounts: signing up, signing in, sessions, and looking people up. */
public interface AccountsApi {

  /**
   * Creates an account and signs it in. At least one of e-mail, phone number and username. Fails
   * INVALID naming the field, ALREADY_EXISTS if an identifier is taken, OVERLOADED if too many
   * passwords wait to be hashed.
   */
  Endpoint<Register, SignedIn> REGISTER =
      new Endpoint<>("accounts.register", Register.class, SignedIn.class);

  /**
   * Signs in by any identifier. Fails UNAUTHENTICATED with one and the same sentence for every
   * wrong pair, RATE_LIMITED with the time to wait after too many of them, UNAVAILABLE while they
   * cannot be counted.
   */
  Endpoint<Login, SignedIn> LOGIN = new Endpoint<>("accounts.login", Login.class, SignedIn.class);

  /**
   * Trades a refresh token for a new pair; the old one is used up. Used again a moment later, it
   * answers the same pair; after that, its session ends. Fails UNAUTHENTICATED.
   */
  Endpoint<Refresh, SignedIn> REFRESH =
      new Endpoint<>("accounts.refresh", Refresh.class, SignedIn.class);

  /**
   * Ends the session of an access token or of a refresh token; ending it twice is no error. Fails
   * INVALID when neither is given.
   */
  Endpoint<Logout, Done> LOGOUT = new Endpoint<>("accounts.logout", Logout.class, Done.class);

  /**
   * The state of a session right now. Fails SESSION_REVOKED when it has ended, with its account or
   * alone.
   */
  Endpoint<Check, Checked> CHECK = new Endpoint<>("accounts.check", Check.class, Checked.class);

  /** What an account knows of itself; nobody else may be told. Fails NOT_FOUND. */
  Endpoint<Own, Account> OWN = new Endpoint<>("accounts.own", Own.class, Account.class);

  /**
   * Public profiles of these accounts; unknown ones are left out. At most 500, otherwise TOO_LARGE.
   */
  Endpoint<Profiles, ProfilesFound> PROFILES =
      new Endpoint<>("accounts.profiles", Profiles.class, ProfilesFound.class);

  /**
   * The user directory: by part of a name or username, never of an e-mail address or a phone
   * number; ordered by name, paged by an opaque cursor. Nobody finds whom they have blocked, or who
   * has blocked them. Pages have 1 to 100 profiles, whatever is asked for. Fails INVALID naming the
   * field.
   */
  Endpoint<Directory, DirectoryPage> DIRECTORY =
      new Endpoint<>("accounts.directory", Directory.class, DirectoryPage.class);

  /** A session has ended: whoever serves it stops. A hint; CHECK is the truth. */
  Topic<SessionEnded> SESSION_ENDED = new Topic<>("accounts.session.ended", SessionEnded.class);

  /** An account was created. A hint: at most once. */
  Topic<Registered> REGISTERED = new Topic<>("accounts.registered", Registered.class);

  Contract CONTRACT = Contract.of(AccountsApi.class);

  /**
   * The password is kept out of every text form, and so is where somebody is.
   *
   * @param address where it is asked from; for the account's own list of sessions
   */
  record Register(
      Optional<String> email,
      Optional<String> phoneNumber,
      Optional<String> username,
      Optional<String> name,
      Password password,
      String device,
      Optional<String> address) {
    @Override
    public String toString() {
      return "Register[***]";
    }
  }

  /** As above. */
  record Login(String identifier, Password password, String device, Optional<String> address) {
    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  /** As above, and so is the token. */
  record Refresh(String refreshToken, Optional<String> address) {
    @Override
    public String toString() {
      return "Refresh[***]";
    }
  }

  /** The token is kept out of every text form. */
  record Logout(Optional<SessionId> session, Optional<String> refreshToken) {
    @Override
    public String toString() {
      return "Logout[session=" + session + "]";
    }
  }

  record Done() {}

  record Check(UserId user, SessionId session) {}

  /**
   * @param role what they are on this server; not told by versions that knew of none
   */
  record Checked(String name, Optional<Role> role) {}

  record Own(UserId user) {}

  record Profiles(List<UserId> users) {}

  record ProfilesFound(List<Profile> users) {}

  /**
   * @param viewer who wants to know; asked without by versions that knew of no blocks
   */
  record Directory(
      Optional<String> query, Optional<String> after, int limit, Optional<UserId> viewer) {}

  record DirectoryPage(List<Profile> users, Optional<String> next) {}

  record SessionEnded(UserId user, SessionId session) {}

  record Registered(UserId user, String name) {}

  /** What anybody signed in may know of an account. */
  record Profile(UserId id, String name, Optional<String> username) {}

  /**
   * What an account knows of itself.
   *
   * @param emailVerifiedAt when the e-mail address was proved to be its owner's; empty: not yet
   */
  record Account(
      UserId id,
      String name,
      Optional<String> username,
      Optional<String> email,
      Optional<String> phoneNumber,
      Optional<Instant> emailVerifiedAt,
      Instant createdAt) {}

  /**
   * A fresh session, or a refreshed one. The tokens are kept out of every text form.
   *
   * @param token the access token, a JWT
   * @param refreshToken opaque, valid once, until {@code refreshExpiresAt}
   */
  record SignedIn(
      Account account,
      SessionId session,
      String token,
      Instant expiresAt,
      String refreshToken,
      Instant refreshExpiresAt) {
    @Override
    public String toString() {
      return "SignedIn[user=" + account.id() + ", session=" + session + "]";
    }
  }
}
