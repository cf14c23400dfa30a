package io.parley.accounts;

import io.parley.failure.Failure;
import io.parley.failure.Reason;

/**
 * What may be done on a server beyond what is one's own. Rooms have roles of their own, and nobody
 * is more in a room for what they are here.
 *
 * <table>
 *   <caption>Who may</caption>
 *   <tr><th></th><th>user</th><th>moderator</th><th>admin</th></tr>
 *   <tr><td>look accounts up, without how to reach them</td><td></td><td>x</td><td>x</td></tr>
 *   <tr><td>keep accounts from signing in, let them again, end sessions</td>
 *       <td></td><td>of users</td><td>of everybody else</td></tr>
 *   <tr><td>see e-mail addresses and phone numbers</td><td></td><td></td><td>x</td></tr>
 *   <tr><td>give roles</td><td></td><td></td><td>to everybody else</td></tr>
 *   <tr><td>read the audit log</td><td></td><td></td><td>x</td></tr>
 * </table>
 *
 * <p>Nobody does any of it to themselves. Whoever may use the command line beside the stores may do
 * all of it. There is always an admin, once there was one.
 */
public enum Right {
  LOOK_UP(Role.MODERATOR),
  SUSPEND(Role.MODERATOR),
  SEE_IDENTIFIERS(Role.ADMIN),
  GIVE_ROLES(Role.ADMIN),
  READ_AUDIT(Role.ADMIN);

  private final Role least;

  Right(Role least) {
    this.least = least;
  }

  /** Whether a role has it. */
  public boolean of(Role role) {
    return role.compareTo(least) >= 0;
  }

  /** Fails FORBIDDEN, in the same words whatever was asked for. */
  public void require(Role role) {
    if (!of(role)) {
      throw refused();
    }
  }

  /** Whether somebody may use their rights on somebody else. */
  static boolean over(Role by, Role subject) {
    return by == Role.ADMIN || by.compareTo(subject) > 0;
  }

  static Failure refused() {
    return Failure.of(Reason.FORBIDDEN, "this takes a higher role than yours");
  }
}
