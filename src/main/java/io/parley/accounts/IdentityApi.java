package io.parley.accounts;

import io.parley.accounts.AccountsApi.Done;
import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import java.util.Optional;

/** What may be asked of what proves who somebody is: passwords, and what they are known by. */
public interface IdentityApi {

  /**
   * Proves an e-mail address by the token that was mailed to it. Fails INVALID for what is no such
   * token, GONE for one that was used, replaced or has expired, ALREADY_EXISTS when the address has
   * become another account's.
   */
  Endpoint<VerifyEmail, Done> VERIFY_EMAIL =
      new Endpoint<>("identity.verifyEmail", VerifyEmail.class, Done.class);

  /**
   * Mails a new token to one's own address. Fails CONFLICT when there is nothing to verify,
   * RATE_LIMITED after too many, FORBIDDEN when this server sends no mails.
   */
  Endpoint<Resend, Done> RESEND = new Endpoint<>("identity.resend", Resend.class, Done.class);

  /**
   * Mails a token to an address, if it is an account's, with which to choose a new password. The
   * answer is the same, and takes as long, for every address. Fails FORBIDDEN when this server
   * sends no mails, OVERLOADED when too many wait to be sent.
   */
  Endpoint<AskReset, Done> ASK_RESET =
      new Endpoint<>("identity.askReset", AskReset.class, Done.class);

  /**
   * Sets a password by the token that was mailed, and ends all sessions of the account. Fails
   * INVALID naming the field, GONE as above.
   */
  Endpoint<Reset, Done> RESET = new Endpoint<>("identity.reset", Reset.class, Done.class);

  /**
   * Sets another password for whoever knows the present one, and ends all sessions of the account
   * but the one that asks. Fails INVALID naming the field, CONFLICT when it is changed elsewhere,
   * RATE_LIMITED after many wrong ones.
   */
  Endpoint<ChangePassword, Done> CHANGE_PASSWORD =
      new Endpoint<>("identity.changePassword", ChangePassword.class, Done.class);

  /**
   * Changes what an account is known by. An e-mail address has to be proved first where mails are
   * sent, and stays the old one until then. Fails INVALID naming the field, ALREADY_EXISTS when it
   * is another account's, CONFLICT when nothing would be left, RATE_LIMITED after too many mails or
   * wrong passwords.
   */
  Endpoint<ChangeIdentifier, Changed> CHANGE_IDENTIFIER =
      new Endpoint<>("identity.changeIdentifier", ChangeIdentifier.class, Changed.class);

  Contract CONTRACT = Contract.of(IdentityApi.class);

  /** The token is kept out of every text form. */
  record VerifyEmail(String token) {
    @Override
    public String toString() {
      return "VerifyEmail[***]";
    }
  }

  record Resend(UserId user) {}

  /** The address is kept out of every text form. */
  record AskReset(String email) {
    @Override
    public String toString() {
      return "AskReset[***]";
    }
  }

  /**
   * The token is kept out of every text form.
   *
   * @param address where it is done from
   */
  record Reset(String token, Password password, Optional<String> address) {
    @Override
    public String toString() {
      return "Reset[***]";
    }
  }

  /**
   * Where it is done from is kept out of every text form.
   *
   * @param address where it is done from
   */
  record ChangePassword(
      UserId user,
      SessionId session,
      Password current,
      Password password,
      Optional<String> address) {
    @Override
    public String toString() {
      return "ChangePassword[user=" + user + "]";
    }
  }

  /**
   * The value is kept out of every text form.
   *
   * @param value empty to be known by it no more
   * @param address where it is done from
   */
  record ChangeIdentifier(
      UserId user,
      Identifier.Kind kind,
      Optional<String> value,
      Password password,
      Optional<String> address) {
    @Override
    public String toString() {
      return "ChangeIdentifier[user=" + user + ", kind=" + kind + "]";
    }
  }

  /**
   * @param pending the address that has yet to be proved
   */
  record Changed(AccountsApi.Account account, Optional<String> pending) {}
}
