package io.parley.audit;

import java.util.Optional;
import java.util.UUID;

/** Where it is noted what was done. */
public interface Journal {

  /**
   * An entry of now. Whoever stores the change that it tells of stores it with it; otherwise it is
   * to be {@linkplain #note noted}.
   *
   * @param subject the account that it happened to; empty when it is nobody's
   */
  AuditEntry entry(Act act, Actor actor, Optional<UUID> subject);

  /** The same of an account. */
  default AuditEntry entry(Act act, Actor actor, UUID subject) {
    return entry(act, actor, Optional.of(subject));
  }

  /** An entry of now of what its subject did. */
  default AuditEntry own(Act act, UUID subject) {
    return entry(act, Actor.account(subject), subject);
  }

  /**
   * Has an entry written soon. Never fails, and nobody waits for it; what cannot be kept until it
   * is written is counted.
   */
  void note(AuditEntry entry);
}
