package io.parley.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom a message mentions, as its body says. Nobody mentions themselves, and an account that is not
 * in the room has no marker there after which anything could count.
 *
 * @param everybody whether all members of the room are meant
 */
public record Mentions(List<UserId> users, boolean everybody) {
  public static final Mentions NONE = new Mentions(List.of(), false);

  /** Under which stores keep that everybody is mentioned. */
  public static final UserId EVERYBODY = UserId.SYSTEM;

  private static final String USERS = "mentions";
  private static final String ROOM = "mentionsRoom";

  /** As they stand in a body; within a text the quotes would be escaped. */
  private static final List<String> KEYS = List.of("\"" + USERS + "\":", "\"" + ROOM + "\":");

  private static final String MESSAGE = "message";

  /** Whom an entry mentions as it was written, if it is a message. */
  public static Mentions of(Entry entry) {
    return entry.kind().equals(MESSAGE) ? of(entry.body()) : NONE;
  }

  /** Whom a message mentions now. */
  public static Mentions of(Shown shown) {
    return shown.entry().kind().equals(MESSAGE)
        ? after(shown.state()).orElseGet(() -> of(shown.entry().body()))
        : NONE;
  }

  /** Whom a message mentions by what has become of it; nothing while it reads as it was sent. */
  public static Optional<Mentions> after(MessageState state) {
    return state.deleted() ? Optional.of(NONE) : state.edited().map(Mentions::of);
  }

  /** Whom a body mentions. Most mention nobody, and are not read for it. */
  static Mentions of(String body) {
    if (KEYS.stream().noneMatch(body::contains)) {
      return NONE;
    }
    JsonNode fields = Json.object(body);
    List<UserId> users = new ArrayList<>();
    fields.path(USERS).forEach(user -> users.add(new UserId(UUID.fromString(user.asText()))));
    users.remove(EVERYBODY); // which takes a right, and is said otherwise
    return new Mentions(List.copyOf(users), fields.path(ROOM).booleanValue());
  }

  public boolean isEmpty() {
    return users.isEmpty() && !everybody;
  }

  /** Whether somebody is meant by what another says. */
  public boolean concerns(UserId reader) {
    return everybody || users.contains(reader);
  }

  /** The accounts to be remembered for what somebody says; {@link #EVERYBODY} for all. */
  public List<UserId> accounts(UserId author) {
    List<UserId> accounts = new ArrayList<>(users);
    accounts.remove(author);
    if (everybody) {
      accounts.add(EVERYBODY);
    }
    return accounts;
  }
}
