package io.parley.mail;

import java.util.UUID;

/**
 * A mail to one person, of plain text. It is kept out of every text form.
 *
 * @param id the same at every try, so that whoever gets it twice can tell
 */
public record Mail(UUID id, String to, String subject, String text) {
  @Override
  public String toString() {
    return "Mail[" + id + "]";
  }
}
