package io.parley.cli.verify;

import io.parley.cli.history.Event;
import io.parley.cli.history.History;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was done in a room, counted from histories. */
public final class Tally {
  private final Set<String> sent = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private int acknowledged;
  private int refused;
  private int retried;
  private int resumed;
  private int received;

  /** One for each room. */
  public static Map<String, Tally> of(Collection<History> histories) {
    Map<String, Tally> rooms = new TreeMap<>();
    for (History history : histories) {
      for (Event event : history.events()) {
        count(rooms, event);
      }
    }
    return rooms;
  }

  /** All rooms together. */
  public static Tally sum(Collection<Tally> rooms) {
    Tally all = new Tally();
    for (Tally room : rooms) {
      all.sent.addAll(room.sent);
      all.answered.addAll(room.answered);
      all.acknowledged += room.acknowledged;
      all.refused += room.refused;
      all.retried += room.retried;
      all.resumed += room.resumed;
      all.received += room.received;
    }
    return all;
  }

  /** Different posts. */
  public int sent() {
    return sent.size();
  }

  /** Different posts that were acknowledged. */
  public int acknowledged() {
    return acknowledged;
  }

  public int refused() {
    return refused;
  }

  /** Attempts beyond the first. */
  public int retried() {
    return retried;
  }

  /** Registrations by cursor. */
  public int resumed() {
    return resumed;
  }

  public int received() {
    return received;
  }

  private static void count(Map<String, Tally> rooms, Event event) {
    if (event instanceof Event.Send send) {
      Tally room = room(rooms, send.room());
      room.sent.add(send.cid());
      room.retried += send.attempt() > 1 ? 1 : 0;
    } else if (event instanceof Event.Acked acked) {
      Tally room = room(rooms, acked.room());
      room.acknowledged += room.answered.add(acked.cid()) ? 1 : 0;
    } else if (event instanceof Event.Refused refused) {
      Tally room = room(rooms, refused.room());
      room.refused += room.answered.add(refused.cid()) ? 1 : 0;
    } else if (event instanceof Event.Resume resume) {
      room(rooms, resume.room()).resumed += resume.after() == Event.NOW ? 0 : 1;
    } else if (event instanceof Event.Received received) {
      room(rooms, received.room()).received++;
    }
  }

  private static Tally room(Map<String, Tally> rooms, String room) {
    return rooms.computeIfAbsent(room, unknown -> new Tally());
  }
}
