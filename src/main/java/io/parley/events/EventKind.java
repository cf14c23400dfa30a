package io.parley.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue: every kind of event that there is. The words never change their meaning. */
public enum EventKind {
  MESSAGE_SENT("message.sent", 1, true, Event.MessageSent.class),
  MESSAGE_EDITED("message.edited", 1, true, Event.MessageEdited.class),
  MESSAGE_DELETED("message.deleted", 1, true, Event.MessageDeleted.class),
  MESSAGE_DELIVERED("message.delivered", 1, false, Event.MessageDelivered.class),
  MESSAGE_READ("message.read", 1, false, Event.MessageRead.class),
  CONVERSATION_CREATED("conversation.created", 1, true, Event.ConversationCreated.class),
  CONVERSATION_DELETED("conversation.deleted", 1, true, Event.ConversationDeleted.class),
  MEMBER_JOINED("member.joined", 1, true, Event.MemberJoined.class),
  MEMBER_LEFT("member.left", 1, true, Event.MemberLeft.class),
  USER_REGISTERED("user.registered", 1, true, Event.UserRegistered.class),
  USER_DELETED("user.deleted", 1, true, Event.UserDeleted.class),
  USER_ONLINE("user.online", 1, false, Event.UserOnline.class),
  USER_OFFLINE("user.offline", 1, false, Event.UserOffline.class),
  TYPING("typing", 1, false, Event.Typing.class);

  private static final Map<Class<? extends Event>, EventKind> BY_SHAPE =
      Arrays.stream(values()).collect(Collectors.toMap(EventKind::shape, Function.identity()));

  private final String word;
  private final int version;
  private final boolean durable;
  private final Class<? extends Event> shape;

  EventKind(String word, int version, boolean durable, Class<? extends Event> shape) {
    this.word = word;
    this.version = version;
    this.durable = durable;
    this.shape = shape;
  }

  /** As it is called on the wire. */
  public String word() {
    return word;
  }

  /** Grows when a shape changes so that who knows the one before would misunderstand it. */
  public int version() {
    return version;
  }

  /** Whether it is told at least once, whatever fails; others are told at most once. */
  public boolean durable() {
    return durable;
  }

  /** What it carries. */
  public Class<? extends Event> shape() {
    return shape;
  }

  static EventKind of(Event event) {
    EventKind kind = BY_SHAPE.get(event.getClass());
    if (kind == null) {
      throw new IllegalStateException(event.getClass() + " is in no catalogue");
    }
    return kind;
  }

  /** That of a word; empty when there is none. */
  public static Optional<EventKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
