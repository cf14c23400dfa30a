package io.parley.accounts;

import java.time.Duration;

/** What a mail of ours can say. */
public enum Letter {
  /** Prove that this address is yours; it becomes yours if it was not yet. */
  VERIFY("verify", Duration.ofHours(24), Duration.ofHours(24)),
  /** Choose a new password. */
  RESET("reset", Duration.ofMinutes(30), Duration.ofHours(1)),
  /** Your password is another one now. */
  PASSWORD_CHANGED("passwordChanged", Duration.ZERO, Duration.ofHours(24)),
  /** What you sign in with is something else now. */
  IDENTIFIER_CHANGED("identifierChanged", Duration.ZERO, Duration.ofHours(24));

  private final String word;
  private final Duration life;
  private final Duration patience;

  Letter(String word, Duration life, Duration patience) {
    this.word = word;
    this.life = life;
    this.patience = patience;
  }

  /** Its word in stores. */
  public String word() {
    return word;
  }

  /** How long the token that it carries is good; nothing for one that carries none. */
  Duration life() {
    return life;
  }

  /** How long it is tried to send it. */
  Duration patience() {
    return patience;
  }

  boolean carriesToken() {
    return !life.isZero();
  }

  /** That of a word. */
  public static Letter of(String word) {
    for (Letter letter : values()) {
      if (letter.word.equals(word)) {
        return letter;
      }
    }
    throw new IllegalArgumentException("there is no letter " + word);
  }
}
