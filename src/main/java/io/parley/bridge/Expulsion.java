package io.parley.bridge;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.log.Draft.Change;
import io.parley.log.LogApi;

/** Whom an entry makes go, and what they are told. */
final class Expulsion {
  private Expulsion() {}

  /** Whether it concerns the user of a socket, alone or with everybody else. */
  static boolean by(LogApi.Encoded entry, BridgeSocket socket) {
    return entry.expels().filter(who -> forAll(who) || socket.belongsTo(who)).isPresent();
  }

  /** Why nothing after it reaches them; those who were there may know that it is no more. */
  static Failure told(LogApi.Encoded entry) {
    return entry.expels().filter(Expulsion::forAll).isPresent()
        ? Failure.of(Reason.GONE, "this room was deleted")
        : Failure.of(Reason.NOT_MEMBER, "you are no longer a member");
  }

  private static boolean forAll(UserId who) {
    return who.equals(Change.EVERYBODY);
  }
}
