package io.parley.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.history.Entry;
import io.parley.cli.history.Event;
import io.parley.cli.history.Recorder;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One client's view of one room. It resumes by the cursor of the last entry it has received, pages
 * for what is too much to be sent, and holds back meanwhile what comes live.
 */
final class Ear {
  private static final Set<Reason> OUTSIDE =
      Set.of(Reason.NOT_MEMBER, Reason.FORBIDDEN, Reason.NOT_FOUND, Reason.BANNED);
  private static final int PAGE = 500;
  private static final int AGAIN_MS = 200;

  private final Stage stage;
  private final Talker talker;
  private final Recorder recorder;
  private final String room;
  private final List<JsonNode> held = new ArrayList<>();
  private String cursor = "";
  private long last = Event.NOW;
  private int subscription;
  private State state = State.DEAF;

  /** How it stands with the room. */
  private enum State {
    DEAF,
    ASKING,
    PAGING,
    HEARING,
    /** It was removed from the room. */
    OUTSIDE
  }

  Ear(Stage stage, Talker talker, Recorder recorder, String room) {
    this.stage = stage;
    this.talker = talker;
    this.recorder = recorder;
    this.room = room;
  }

  String room() {
    return room;
  }

  boolean outside() {
    return state == State.OUTSIDE;
  }

  boolean hearing() {
    return state == State.HEARING;
  }

  /** Whether it hears the room and has heard it up to this head. */
  boolean hasHeard(long head) {
    return hearing() && last >= head;
  }

  /** All patience is over; writes down what is still missing up to this head. */
  void giveUp(long head) {
    if (!hasHeard(head)) {
      String doing = state.name().toLowerCase(Locale.ROOT);
      recorder.add(new Event.GaveUp(stage.micros(), room, last, doing));
    }
  }

  /** The last entry it has received, or the head at which it began. */
  long last() {
    return last;
  }

  /** Asks to hear the room, from where it stood. */
  void resume(Line line) {
    if (state != State.OUTSIDE) {
      held.clear();
      subscription++;
      state = State.ASKING;
      recorder.add(
          new Event.Resume(
              stage.micros(), room, subscription, cursor.isEmpty() ? Event.NOW : last));
      line.register(room, cursor);
    }
  }

  /** The connection is gone. */
  void lost() {
    if (state != State.OUTSIDE) {
      state = State.DEAF;
    }
  }

  /** It may come in again. */
  void readmitted() {
    state = State.DEAF;
    talker.line().ifPresent(this::resume);
  }

  void refused(Failure failure) {
    if (OUTSIDE.contains(failure.reason())) {
      leave();
    } else {
      state = State.DEAF;
      stage.soon(AGAIN_MS, this::again);
    }
  }

  void heard(Line line, JsonNode body) {
    if (body.path("kind").asText().equals("ready")) {
      ready(line, body);
    } else if (body.has("seq") && state == State.PAGING) {
      held.add(body);
    } else if (body.has("seq")) {
      take(body);
    }
  }

  private void ready(Line line, JsonNode body) {
    boolean reset = body.path("reset").asBoolean();
    long head = body.path("head").asLong();
    recorder.add(new Event.Ready(stage.micros(), room, subscription, head, reset));
    if (reset) {
      cursor = "";
      last = Event.NOW;
      line.unregister(room);
      resume(line);
    } else if (cursor.isEmpty()) {
      cursor = body.path("cursor").asText();
      last = head;
      state = State.HEARING;
    } else if (body.path("complete").asBoolean()) {
      state = State.HEARING;
    } else {
      state = State.PAGING;
      page(line, head, subscription);
    }
  }

  /** Takes what is missing up to a head, then what came meanwhile. */
  private void page(Line line, long head, int asking) {
    ObjectNode question =
        Json.mapper().createObjectNode().put("room", room).put("cursor", cursor).put("limit", PAGE);
    line.ask("messages.sync", question)
        .onSuccess(
            answer -> {
              if (subscription == asking && state == State.PAGING) {
                paged(line, head, answer);
              }
            })
        .onFailure(
            cause -> {
              if (subscription == asking && state == State.PAGING) {
                unpaged(line, Failure.from(cause));
              }
            });
  }

  private void paged(Line line, long head, JsonNode answer) {
    long before = last;
    for (JsonNode entry : answer.path("entries")) {
      if (entry.path("seq").asLong() <= head) {
        take(entry);
      }
    }
    if (last < head && last > before) {
      page(line, head, subscription);
      return;
    }
    state = State.HEARING;
    List<JsonNode> live = List.copyOf(held);
    held.clear();
    live.forEach(this::take);
  }

  private void unpaged(Line line, Failure failure) {
    if (OUTSIDE.contains(failure.reason())) {
      leave();
    } else {
      line.cut(false);
    }
  }

  private void take(JsonNode body) {
    Entry entry = Entry.of(body);
    recorder.add(new Event.Received(stage.micros(), room, subscription, entry));
    last = Math.max(last, entry.seq());
    cursor = body.path("cursor").asText(cursor);
    boolean removed = entry.kind().equals("kick") && entry.subject().equals(talker.user());
    if (removed && state == State.HEARING) {
      leave();
    }
  }

  private void leave() {
    if (state != State.OUTSIDE) {
      state = State.OUTSIDE;
      talker.comeBack(this);
    }
  }

  private void again() {
    if (state == State.DEAF) {
      talker.line().ifPresent(this::resume);
    }
  }
}
