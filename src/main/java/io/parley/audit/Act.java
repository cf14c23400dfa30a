package io.parley.audit;

import java.util.Optional;

/** What is noted. The words never change their meaning; what there is no word for is not noted. */
public enum Act {
  /** An account was made. */
  REGISTERED("account.registered"),
  /** An account was ended by its owner. */
  DELETED("account.deleted"),
  /** Somebody took along all that is known of them. */
  EXPORTED("account.exported"),
  /** An account was kept from signing in; with the reason. */
  DISABLED("account.disabled"),
  /** It may sign in again. */
  ENABLED("account.enabled"),
  /** An account got another role: {@code from}, {@code to}. */
  ROLE_CHANGED("role.changed"),
  /** Somebody signed in: {@code session}. */
  SIGNED_IN("session.opened"),
  /** Somebody signed out: {@code session}. */
  SIGNED_OUT("session.closed"),
  /** A session was ended from elsewhere: {@code session}, or how many by {@code count}. */
  SESSION_REVOKED("session.revoked"),
  /** A used refresh token came again, and its session was ended: {@code session}. */
  SESSION_BURNT("session.replayed"),
  /**
   * So many wrong passwords that no more were compared for a while, of a stranger or of somebody
   * signed in; once for each such pause.
   */
  SIGN_IN_PAUSED("signIn.paused"),
  /** The password was changed by who knew it. */
  PASSWORD_CHANGED("password.changed"),
  /** A link with which to choose a new password was sent, or given out. */
  RESET_ASKED("password.resetAsked"),
  /** A new password was set without the old one. */
  PASSWORD_RESET("password.reset"),
  /** What an account is known by was changed: {@code kind}. */
  IDENTIFIER_CHANGED("identifier.changed"),
  /** An e-mail address was proved. */
  EMAIL_VERIFIED("email.verified");

  private final String word;

  Act(String word) {
    this.word = word;
  }

  /** Its word, in stores and on the wire. */
  public String word() {
    return word;
  }

  /** That of a word; empty for what this version has no word for. */
  public static Optional<Act> of(String word) {
    for (Act act : values()) {
      if (act.word.equals(word)) {
        return Optional.of(act);
      }
    }
    return Optional.empty();
  }
}
