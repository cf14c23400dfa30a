package io.parley.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.cli.history.Entry;
import io.parley.cli.history.Event;
import io.parley.cli.history.Recorder;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What one client posts: each until it is acknowledged or refused for good, always with the same
 * cid. Some it posts once more although it was acknowledged, and some are longer than allowed.
 */
final class Posting {
  private static final int MOST_AT_ONCE = 50;
  private static final int TOO_LONG = 8_001;
  private static final int REPEATED_PERCENT = 3;
  private static final int TOO_LONG_PERCENT = 2;
  private static final int RETRY_MS = 100;
  private static final int OUTCOME_UNKNOWN = 5_000;

  private final Stage stage;
  private final String client;
  private final Recorder recorder;
  private final Supplier<Optional<Line>> line;
  private final Supplier<Integer> connection;
  private final Set<Draft> waiting = new LinkedHashSet<>();
  private final List<Draft> parked = new ArrayList<>();
  private int posts;
  private int acknowledged;

  /** A post on its way; each is itself and no other. */
  private static final class Draft {
    final String room;
    final String cid;
    final String text;
    int attempts;
    boolean acknowledged;

    Draft(String room, String cid, String text) {
      this.room = room;
      this.cid = cid;
      this.text = text;
    }
  }

  /**
   * @param connection tells sockets apart; it changes with the line
   */
  Posting(
      Stage stage,
      String client,
      Recorder recorder,
      Supplier<Optional<Line>> line,
      Supplier<Integer> connection) {
    this.stage = stage;
    this.client = client;
    this.recorder = recorder;
    this.line = line;
    this.connection = connection;
  }

  /** Posts something new, unless too much is under way. */
  void post(String room) {
    if (waiting.size() < MOST_AT_ONCE) {
      String cid = client + "-" + ++posts;
      String text = stage.percent(TOO_LONG_PERCENT) ? "x".repeat(TOO_LONG) : text(cid);
      Draft draft = new Draft(room, cid, text);
      waiting.add(draft);
      attempt(draft);
    }
  }

  /** Sends what had to wait for a connection. */
  void connected() {
    List<Draft> all = List.copyOf(parked);
    parked.clear();
    all.forEach(this::attempt);
  }

  int posts() {
    return posts;
  }

  int acknowledged() {
    return acknowledged;
  }

  int waiting() {
    return waiting.size();
  }

  private void attempt(Draft draft) {
    Optional<Line> open = line.get();
    if (open.isEmpty()) {
      parked.add(draft);
      return;
    }
    draft.attempts++;
    recorder.add(
        new Event.Send(
            stage.micros(),
            draft.room,
            draft.cid,
            Entry.digest(draft.text),
            connection.get(),
            draft.attempts));
    open.get()
        .ask(
            "messages.post",
            Json.mapper()
                .createObjectNode()
                .put("room", draft.room)
                .put("cid", draft.cid)
                .put("text", draft.text))
        .onSuccess(answer -> acknowledged(draft, answer))
        .onFailure(cause -> failed(draft, Failure.from(cause)));
  }

  private void acknowledged(Draft draft, JsonNode answer) {
    recorder.add(
        new Event.Acked(
            stage.micros(),
            draft.room,
            draft.cid,
            answer.path("seq").asLong(),
            answer.path("n").asLong(),
            answer.path("duplicate").asBoolean()));
    if (!draft.acknowledged) {
      draft.acknowledged = true;
      acknowledged++;
      if (stage.percent(REPEATED_PERCENT)) {
        attempt(draft);
        return;
      }
    }
    waiting.remove(draft);
  }

  private void failed(Draft draft, Failure failure) {
    if (!unknown(failure.reason())) {
      recorder.add(
          new Event.Refused(stage.micros(), draft.room, draft.cid, failure.reason().name()));
      waiting.remove(draft);
      return;
    }
    recorder.add(new Event.Unknown(stage.micros(), draft.room, draft.cid, failure.text()));
    stage.soon(pause(failure), () -> attempt(draft));
  }

  /** The session may be at fault, the node, or the moment; the post is not. */
  private static boolean unknown(Reason reason) {
    return reason.retryable() || reason.number() / 10 == 401 || reason.number() >= OUTCOME_UNKNOWN;
  }

  private static int pause(Failure failure) {
    String asked = failure.details().getOrDefault("retryAfterMs", "");
    return asked.matches("\\d{1,5}") ? Math.max(RETRY_MS, Integer.parseInt(asked)) : RETRY_MS;
  }

  /** Short and long, in many scripts; the cid keeps any two of them apart. */
  private String text(String cid) {
    String words = stage.any(List.of("hello ", "grüß dich ", "你好 ", "مرحبا ", "🦜 "));
    return cid + ' ' + words.repeat(stage.below(12)) + '.';
  }
}
