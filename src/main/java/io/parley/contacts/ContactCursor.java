package io.parley.contacts;

import io.parley.accounts.PersonName;
import io.parley.accounts.UserId;
import io.parley.contacts.ContactStore.Position;
import io.parley.failure.Failure;
import io.parley.json.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Positions in lists of people, opaque to clients. */
final class ContactCursor {
  private ContactCursor() {}

  static String of(String name, UserId user) {
    String text = user + new PersonName(name).folded();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Fails INVALID. */
  static Position position(Optional<String> after) {
    return after.map(ContactCursor::position).orElse(Position.START);
  }

  private static Position position(String after) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
      UserId user = new UserId(UUID.fromString(text.substring(0, 36)));
      if (Text.storable(text)) {
        return new Position(text.substring(36), user);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException notOurs) {
      // told below
    }
    throw Failure.invalid("after", "must be a cursor that an earlier page gave");
  }
}
