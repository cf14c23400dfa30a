package io.parley.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has become of a message: the sum of the entries that change it, in the order of their
 * places. A state and the entries after it always make the same state.
 *
 * @param rev the seq of the last entry in the sum, 0 for a message as it was sent
 * @param edited the body of the last edit
 * @param editedAt epoch milliseconds
 * @param deleted whether nothing is left of it; nothing changes it any more
 * @param reactions in the order of their first appearance, none without users
 * @param edits how many of the entries in the sum are edits, 0 once it is deleted
 * @param pinned since when it is among those that the room keeps at hand; never once it is deleted
 * @param replies what stands in its thread, also once it is deleted
 */
public record MessageState(
    long rev,
    Optional<String> edited,
    Optional<Long> editedAt,
    boolean deleted,
    List<Reaction> reactions,
    int edits,
    Optional<Pin> pinned,
    Optional<Replies> replies) {

  /** Of a message without a thread. */
  public MessageState(
      long rev,
      Optional<String> edited,
      Optional<Long> editedAt,
      boolean deleted,
      List<Reaction> reactions,
      int edits,
      Optional<Pin> pinned) {
    this(rev, edited, editedAt, deleted, reactions, edits, pinned, Optional.empty());
  }

  /** Of a message as it was sent. */
  public static final MessageState FRESH =
      new MessageState(
          0, Optional.empty(), Optional.empty(), false, List.of(), 0, Optional.empty());

  /** The body of what was deleted, wherever it stood. */
  public static final String CLEARED = "{\"deleted\":true}";

  /**
   * One emoji at a message.
   *
   * @param users who gave it, each once, in that order
   */
  public record Reaction(String emoji, List<UserId> users) {}

  /**
   * A message is kept at hand.
   *
   * @param seq the place of the entry that says so: the newest pin has the highest
   * @param at epoch milliseconds
   */
  public record Pin(long seq, long at, UserId by) {}

  /**
   * What stands in a thread; those that were deleted keep their places and count.
   *
   * @param last the place of the newest
   * @param at epoch milliseconds of the newest
   */
  public record Replies(int count, long last, long at) {}

  /** Whether a user has given an emoji. */
  boolean has(String emoji, UserId user) {
    return reactions.stream()
        .anyMatch(each -> each.emoji().equals(emoji) && each.users().contains(user));
  }

  /** The state after an entry; one that is in it already, or changes no message, adds nothing. */
  public MessageState after(Entry entry) {
    if (entry.seq() <= rev) {
      return this;
    }
    return Mutation.of(entry).map(mutation -> after(mutation, entry)).orElse(this);
  }

  private MessageState after(Mutation mutation, Entry entry) {
    long seq = entry.seq();
    if (deleted) {
      return new MessageState(seq, edited, editedAt, true, reactions, edits, pinned, replies);
    }
    return switch (mutation) {
      case EDIT ->
          new MessageState(
              seq,
              Optional.of(entry.body()),
              Optional.of(entry.at()),
              false,
              reactions,
              edits + 1,
              pinned,
              replies);
      case DELETE ->
          new MessageState(
              seq,
              Optional.empty(),
              Optional.empty(),
              true,
              List.of(),
              0,
              Optional.empty(),
              replies);
      case REACT -> reacting(seq, with(emoji(entry.body()), entry.author()));
      case UNREACT -> reacting(seq, without(emoji(entry.body()), entry.author()));
      case PIN -> pinning(seq, Optional.of(new Pin(seq, entry.at(), entry.author())));
      case UNPIN -> pinning(seq, Optional.empty());
      case REPLY -> replied(entry);
    };
  }

  private MessageState replied(Entry reply) {
    int before = replies.map(Replies::count).orElse(0);
    Replies now = new Replies(before + 1, reply.seq(), reply.at());
    return new MessageState(
        reply.seq(), edited, editedAt, deleted, reactions, edits, pinned, Optional.of(now));
  }

  private MessageState reacting(long seq, List<Reaction> now) {
    return new MessageState(seq, edited, editedAt, false, now, edits, pinned, replies);
  }

  private MessageState pinning(long seq, Optional<Pin> now) {
    return new MessageState(seq, edited, editedAt, false, reactions, edits, now, replies);
  }

  private List<Reaction> with(String emoji, UserId user) {
    if (has(emoji, user)) {
      return reactions;
    }
    List<Reaction> now = new ArrayList<>();
    boolean known = false;
    for (Reaction each : reactions) {
      boolean same = each.emoji().equals(emoji);
      known = known || same;
      now.add(same ? new Reaction(emoji, plus(each.users(), user)) : each);
    }
    if (!known) {
      now.add(new Reaction(emoji, List.of(user)));
    }
    return List.copyOf(now);
  }

  private static List<UserId> plus(List<UserId> users, UserId user) {
    List<UserId> now = new ArrayList<>(users);
    now.add(user);
    return List.copyOf(now);
  }

  private List<Reaction> without(String emoji, UserId user) {
    return reactions.stream()
        .map(each -> each.emoji().equals(emoji) ? minus(each, user) : each)
        .filter(each -> !each.users().isEmpty())
        .toList();
  }

  private static Reaction minus(Reaction from, UserId user) {
    return new Reaction(
        from.emoji(), from.users().stream().filter(each -> !each.equals(user)).toList());
  }

  /** The emoji that the body of a reaction names. */
  static String emoji(String body) {
    return Json.object(body).path("emoji").asText();
  }

  /** The form in which stores keep it. */
  public String json() {
    return Json.write(this);
  }

  /** Reads that form. */
  public static MessageState parse(String json) {
    try {
      return Json.mapper().readValue(json, MessageState.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a state of a message cannot be read", e);
    }
  }
}
