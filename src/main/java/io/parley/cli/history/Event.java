package io.parley.cli.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Something that a client did or was told. Times are microseconds of one clock that never runs
 * backwards and is the same for all clients of a run: taken before a request is written, and after
 * an answer was read.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Began.class, name = "began"),
  @JsonSubTypes.Type(value = Event.Send.class, name = "send"),
  @JsonSubTypes.Type(value = Event.Acked.class, name = "ack"),
  @JsonSubTypes.Type(value = Event.Unknown.class, name = "unknown"),
  @JsonSubTypes.Type(value = Event.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Event.Resume.class, name = "resume"),
  @JsonSubTypes.Type(value = Event.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Event.Received.class, name = "receive"),
  @JsonSubTypes.Type(value = Event.Shown.class, name = "shown"),
  @JsonSubTypes.Type(value = Event.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Event.GaveUp.class, name = "gaveUp"),
  @JsonSubTypes.Type(value = Event.Fault.class, name = "fault")
})
public sealed interface Event {
  /** A registration without a cursor: what comes from now on. */
  long NOW = -1;

  /** When it was. */
  long at();

  /** The first event of each history. Several clients may be one user. */
  record Began(long at, String client, String user) implements Event {}

  /**
   * A post was written to a socket.
   *
   * @param connection tells the client's sockets apart
   * @param attempt counts from 1; later ones repeat the same cid
   */
  record Send(long at, String room, String cid, String digest, int connection, int attempt)
      implements Event {}

  /** The server says that the post is stored, and where. */
  record Acked(long at, String room, String cid, long seq, long n, boolean duplicate)
      implements Event {}

  /** An attempt may or may not have been stored: the connection broke, or the answer says so. */
  record Unknown(long at, String room, String cid, String reason) implements Event {}

  /** The server says that the post will never be stored. */
  record Refused(long at, String room, String cid, String reason) implements Event {}

  /**
   * The client asks to hear a room.
   *
   * @param subscription tells the client's registrations apart
   * @param after the last entry it has received, whose cursor it sends, or {@link #NOW}
   */
  record Resume(long at, String room, int subscription, long after) implements Event {}

  /**
   * The client hears the room.
   *
   * @param head where the server let it in
   * @param reset whether the server did not know its cursor
   */
  record Ready(long at, String room, int subscription, long head, boolean reset) implements Event {}

  /** An entry took its place in the client's view; also one that it had to page for. */
  record Received(long at, String room, int subscription, Entry entry) implements Event {}

  /**
   * A page of history.
   *
   * @param asked when the request was written
   * @param asOf the head that the server names
   */
  record Shown(long at, long asked, String room, long asOf, List<Entry> entries) implements Event {
    public Shown {
      entries = List.copyOf(entries);
    }
  }

  /** The client hears the room no more and will not resume: it left, or was refused for good. */
  record Ended(long at, String room, int subscription, String reason) implements Event {}

  /**
   * All patience was over, and the client still waited to hear the room, or to hear its end.
   *
   * @param last the last entry it has received, or {@link #NOW}
   * @param state what it was doing
   */
  record GaveUp(long at, String room, long last, String state) implements Event {}

  /** Somebody broke something. */
  record Fault(long at, String name) implements Event {}
}
