package io.parley.accounts;

import io.parley.accounts.MailStore.Due;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.mail.Mail;
import java.net.URI;
import java.util.Optional;

/**
 * The words of our mails. Links lead to where the configuration says that this server is, whatever
 * any request has said; tokens stand behind the # so that no server's log has them.
 */
public final class Letters {
  private final String home;

  /**
   * @param publicUrl how the outside reaches this server
   */
  public Letters(String publicUrl) {
    this.home = publicUrl.replaceAll("/+$", "");
  }

  /** The name by which people know this server. */
  public String place() {
    return URI.create(home).getHost();
  }

  /** Fails INVALID when nobody knows where this server is, so that no link can lead there. */
  void requireHome() {
    if (home.isEmpty()) {
      throw Failure.of(
          Reason.INVALID, "http.publicUrl is not set, so that no link could lead to this server");
    }
  }

  /** Where a new password can be chosen. */
  String resetLink(MailToken token) {
    return link("/reset-password", Optional.of(token));
  }

  /** Writes a mail, with the token where its letter carries one. */
  Mail write(Due due, Optional<MailToken> token) {
    return new Mail(
        due.id(), due.mailbox(), subject(due.letter()), text(due.letter(), token) + "\n");
  }

  private String subject(Letter letter) {
    return switch (letter) {
      case VERIFY -> "Confirm your e-mail address for " + place();
      case RESET -> "Choose a new password for " + place();
      case PASSWORD_CHANGED -> "Your password for " + place() + " was changed";
      case IDENTIFIER_CHANGED -> "How you sign in to " + place() + " was changed";
    };
  }

  private String text(Letter letter, Optional<MailToken> token) {
    return switch (letter) {
      case VERIFY ->
          """
          Somebody, you we hope, gave this address at %s.
          To confirm that it is yours, open this link within %d hours:

          %s

          If it was not you, do nothing."""
              .formatted(home, letter.life().toHours(), link("/verify-email", token));
      case RESET ->
          """
          Somebody, you we hope, asked for a new password at %s.
          To choose one, open this link within %d minutes:

          %s

          It works once. If it was not you, do nothing: your password stays as it is."""
              .formatted(home, letter.life().toMinutes(), link("/reset-password", token));
      case PASSWORD_CHANGED ->
          """
          Your password at %s was changed, and your other devices were signed out.

          If it was not you, choose a new one now, at the sign-in page under "Forgot password?"."""
              .formatted(home);
      case IDENTIFIER_CHANGED ->
          """
          What you sign in with at %s was changed: an e-mail address, a phone number or a username.

          If it was not you, change your password there at once, or ask whoever runs the server."""
              .formatted(home);
    };
  }

  private String link(String page, Optional<MailToken> token) {
    return home + page + "#token=" + token.orElseThrow().clear();
  }
}
