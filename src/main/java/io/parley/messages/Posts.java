package io.parley.messages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.Identity;
import io.parley.accounts.UserId;
import io.parley.config.LimitsConfig;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Emoji;
import io.parley.json.Json;
import io.parley.json.Text;
import io.parley.log.Draft;
import io.parley.log.Mutation;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What may be posted, and what a post looks like as an entry. Pure: it asks nobody. */
public final class Posts {
  private static final int MAX_CID = 64;

  /** How many people one post may name. */
  public static final int MAX_MENTIONS = 50;

  private final LimitsConfig limits;
  private final Supplier<String> cids;

  /**
   * @param cids makes one for a post that came without, a new one each time
   */
  public Posts(LimitsConfig limits, Supplier<String> cids) {
    this.limits = limits;
    this.cids = cids;
  }

  /**
   * What somebody wants to say.
   *
   * @param cid made by the client and kept across retries; without one the post is not safe to
   *     repeat
   * @param replyTo the position of the message that this one answers
   * @param mentionsRoom whether everybody in the room is to look up; who may is for the rooms to
   *     say
   * @param thread the position of the message in whose thread it is to stand
   */
  public record Content(
      Optional<String> cid,
      String text,
      Optional<Long> replyTo,
      List<UserId> mentions,
      boolean mentionsRoom,
      Optional<Long> thread) {

    /** What mentions nobody but these. */
    public Content(
        Optional<String> cid, String text, Optional<Long> replyTo, List<UserId> mentions) {
      this(cid, text, replyTo, mentions, false, Optional.empty());
    }
  }

  /**
   * The entry of a post; equal contents make equal bodies, byte for byte.
   *
   * <p>Fails INVALID naming the field, TOO_LARGE with the limit.
   */
  public Draft post(Identity author, Content content) {
    return message(
        author,
        content.cid(),
        body(content),
        content.thread(),
        content.replyTo(),
        Optional.<Draft.Source>empty());
  }

  /** What stands in a thread is counted there, and not among what is unread of its room. */
  private Draft message(
      Identity author,
      Optional<String> cid,
      String body,
      Optional<Long> thread,
      Optional<Long> replyTo,
      Optional<Draft.Source> source) {
    return new Draft(
        "message",
        author.user(),
        author.name(),
        cid(cid),
        body,
        thread,
        thread.isEmpty(),
        Optional.empty(),
        replyTo,
        source);
  }

  /**
   * What somebody has said elsewhere.
   *
   * @param request what the client asked for: where it was said
   * @param text its present words; none when they cannot be had any more
   * @param author who said it first
   */
  public record Forwarded(String request, Optional<String> text, UserId author, String name) {}

  /**
   * The entry that says again what somebody has said elsewhere. A repetition is known by the
   * request; without words it is the question whether that was done already. Fails INVALID.
   */
  public Draft forward(Identity author, Optional<String> cid, Forwarded said) {
    Draft.Source source = new Draft.Source(said.request(), said.text().isEmpty());
    String body = said.text().map(text -> forwarded(text, said)).orElse("");
    return message(author, cid, body, Optional.empty(), Optional.empty(), Optional.of(source));
  }

  private static String forwarded(String text, Forwarded said) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("text", text);
    body.putObject("forwarded")
        .putObject("author")
        .put("id", said.author().toString())
        .put("name", said.name());
    return Json.write(body);
  }

  /**
   * The entry that puts other words in the place of a message's. Fails as {@link #post}; nobody can
   * change what a message answers, or where it stands.
   */
  public Draft edit(Identity author, long target, Content content) {
    if (content.replyTo().isPresent()) {
      throw Failure.invalid("replyTo", "cannot be changed");
    }
    if (content.thread().isPresent()) {
      throw Failure.invalid("thread", "cannot be changed");
    }
    return change(Mutation.EDIT, author, content.cid(), target, body(content));
  }

  /** The entry that leaves nothing of a message. Fails INVALID. */
  public Draft delete(Identity author, long target, Optional<String> cid) {
    return change(Mutation.DELETE, author, cid, target, "{}");
  }

  /** The entry that adds an emoji to a message. Fails INVALID. */
  public Draft react(Identity author, long target, String emoji, Optional<String> cid) {
    return change(Mutation.REACT, author, cid, target, reaction(emoji));
  }

  /** The entry that takes it back. Fails INVALID. */
  public Draft unreact(Identity author, long target, String emoji, Optional<String> cid) {
    return change(Mutation.UNREACT, author, cid, target, reaction(emoji));
  }

  /** The entry that keeps a message at hand. Fails INVALID. */
  public Draft pin(Identity author, long target, Optional<String> cid) {
    return change(Mutation.PIN, author, cid, target, "{}");
  }

  /** The entry that does not any more. Fails INVALID. */
  public Draft unpin(Identity author, long target, Optional<String> cid) {
    return change(Mutation.UNPIN, author, cid, target, "{}");
  }

  private Draft change(
      Mutation mutation, Identity author, Optional<String> cid, long target, String body) {
    return new Draft(
        mutation.word(),
        author.user(),
        author.name(),
        cid(cid),
        body,
        Optional.of(target),
        false,
        Optional.empty());
  }

  private static String reaction(String emoji) {
    return Json.write(
        JsonNodeFactory.instance.objectNode().put("emoji", Emoji.checked("emoji", emoji)));
  }

  private String cid(Optional<String> given) {
    return given.map(Posts::checkedCid).orElseGet(cids);
  }

  private String body(Content content) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("text", checkedText(content));
    List<UserId> mentions = content.mentions().stream().distinct().toList();
    if (mentions.size() > MAX_MENTIONS) {
      throw Failure.invalid("mentions", "may name at most " + MAX_MENTIONS + " people")
          .with("limit", MAX_MENTIONS);
    }
    if (!mentions.isEmpty()) {
      ArrayNode names = body.putArray("mentions");
      mentions.forEach(user -> names.add(user.toString()));
    }
    if (content.mentionsRoom()) {
      body.put("mentionsRoom", true);
    }
    content.replyTo().ifPresent(seq -> body.put("replyTo", seq));
    return Json.write(body);
  }

  private String checkedText(Content content) {
    String text = content.text();
    if (!Text.storable(text)) {
      throw Failure.invalid("text", "must be free of NUL and lone surrogates");
    }
    if (text.codePoints().allMatch(Posts::invisible)) {
      throw Failure.invalid("text", "must have something to see");
    }
    if (text.codePointCount(0, text.length()) > limits.messageCodePoints()) {
      throw tooLarge(limits.messageCodePoints(), "characters");
    }
    long bytes = text.codePoints().mapToLong(Posts::utf8Length).sum();
    if (bytes > limits.messageBytes().bytes()) {
      throw tooLarge(limits.messageBytes().bytes(), "bytes of UTF-8");
    }
    return text;
  }

  private static Failure tooLarge(long limit, String unit) {
    return Failure.of(Reason.TOO_LARGE, "a message may have at most " + limit + " " + unit)
        .with("field", "text")
        .with("limit", limit);
  }

  private static String checkedCid(String cid) {
    boolean printable = cid.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (cid.isEmpty() || cid.length() > MAX_CID || !printable) {
      throw Failure.invalid("cid", "must be 1 to " + MAX_CID + " printable ASCII characters");
    }
    return cid;
  }

  /** Blanks, controls, zero-width and filler characters: nothing a reader could see. */
  private static boolean invisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT ->
          true;
      default -> filler(codePoint) || variationSelector(codePoint);
    };
  }

  private static boolean filler(int codePoint) {
    return switch (codePoint) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> false;
    };
  }

  private static boolean variationSelector(int codePoint) {
    return (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }

  private static long utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
