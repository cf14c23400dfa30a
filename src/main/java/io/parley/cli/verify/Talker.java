package io.parley.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.Person;
import io.parley.cli.history.Entry;
import io.parley.cli.history.Event;
import io.parley.cli.history.Recorder;
import io.parley.failure.Failure;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One client: it keeps connected, to whichever node answers, and writes down all it does. */
final class Talker implements Line.Listener {
  private static final int RECONNECT_MS = 150;
  private static final int COME_BACK_MS = 500;
  private static final int SHOWN = 30;
  private static final long TOKEN_AGE_MICROS = TimeUnit.MINUTES.toMicros(5);

  private final Stage stage;
  private final Person person;
  private final Recorder recorder;
  private final Posting posting;
  private final Map<String, Ear> ears = new LinkedHashMap<>();
  private @Nullable Line line;
  private String token;
  private long tokenSince;
  private int server;
  private int connections;

  /**
   * @param number tells clients apart, and which node each begins with
   */
  Talker(Stage stage, Person person, int number, List<String> rooms, Recorder recorder) {
    this.stage = stage;
    this.person = person;
    this.recorder = recorder;
    this.server = number;
    this.token = person.token();
    this.tokenSince = stage.micros();
    String client = person.username();
    recorder.add(new Event.Began(stage.micros(), client, person.user()));
    this.posting = new Posting(stage, client, recorder, this::line, () -> connections);
    rooms.forEach(room -> ears.put(room, new Ear(stage, this, recorder, room)));
  }

  String user() {
    return person.user();
  }

  Recorder recorder() {
    return recorder;
  }

  Posting posting() {
    return posting;
  }

  Optional<Line> line() {
    return Optional.ofNullable(line);
  }

  int connections() {
    return connections;
  }

  /** Connects, and again whenever the connection is lost. */
  void start() {
    fresh()
        .compose(token -> Line.open(stage, server, token, this))
        .onSuccess(this::connected)
        .onFailure(
            cause -> {
              tokenSince = Failure.from(cause).reason().number() / 10 == 401 ? 0 : tokenSince;
              server++;
              stage.soon(RECONNECT_MS, this::start);
            });
  }

  /** Posts into a room that it is in. */
  void post() {
    List<Ear> inside = ears.values().stream().filter(ear -> !ear.outside()).toList();
    if (!inside.isEmpty()) {
      posting.post(stage.any(inside).room());
    }
  }

  /** Loses its connection, one way or another. */
  void cut() {
    if (line != null) {
      line.cut(stage.percent(50));
    }
  }

  /** Looks at the newest page of a room, or at one somewhere in the middle. */
  void look() {
    Ear ear = stage.any(List.copyOf(ears.values()));
    if (line == null || !ear.hearing()) {
      return;
    }
    ObjectNode question =
        Json.mapper().createObjectNode().put("room", ear.room()).put("limit", SHOWN);
    if (stage.percent(50) && ear.last() > 1) {
      question.put("around", 1 + stage.below((int) ear.last()));
    }
    long asked = stage.micros();
    line.ask("messages.history", question)
        .onSuccess(answer -> shown(ear.room(), asked, answer))
        .onFailure(notShown -> {}); // a page that does not come proves nothing
  }

  /** Removes somebody from a room that it owns. */
  void remove(Talker other, String room) {
    fresh()
        .compose(
            token ->
                stage.rest(server).delete("/api/rooms/" + room + "/members/" + other.user(), token))
        .onFailure(notRemoved -> {}); // then it stays, and is not expected to go
  }

  /** Enters a room again after a while. */
  void comeBack(Ear ear) {
    stage.soon(
        COME_BACK_MS,
        () ->
            fresh()
                .compose(token -> join(ear.room(), token))
                .onSuccess(joined -> ear.readmitted())
                .onFailure(
                    notYet -> {
                      server++;
                      comeBack(ear);
                    }));
  }

  /** Whether it has heard each room up to its head. */
  boolean hasHeard(Map<String, Long> heads) {
    return ears.values().stream().allMatch(ear -> ear.hasHeard(heads.getOrDefault(ear.room(), 0L)));
  }

  /** All patience is over; writes down which rooms it did not hear up to their heads. */
  void giveUp(Map<String, Long> heads) {
    ears.values().forEach(ear -> ear.giveUp(heads.getOrDefault(ear.room(), 0L)));
  }

  boolean hearsAll() {
    return ears.values().stream().allMatch(Ear::hearing);
  }

  boolean isIn(String room) {
    return ears.containsKey(room);
  }

  /** Ends for good. */
  void end() {
    if (line != null) {
      line.cut(false);
    }
    recorder.close();
  }

  /** A token that is still good for a while. */
  Future<String> fresh() {
    if (stage.micros() - tokenSince < TOKEN_AGE_MICROS) {
      return Future.succeededFuture(token);
    }
    ObjectNode login =
        Json.mapper()
            .createObjectNode()
            .put("username", person.username())
            .put("password", person.password());
    return stage
        .rest(server)
        .post("/api/auth/login", "", login)
        .map(answer -> answer.path("token").asText())
        .onSuccess(this::renewed);
  }

  @Override
  public void heard(String room, JsonNode body) {
    Ear ear = ears.get(room);
    if (ear != null && line != null) {
      ear.heard(line, body);
    }
  }

  @Override
  public void refused(String room, Failure failure) {
    Ear ear = ears.get(room);
    if (ear != null) {
      ear.refused(failure);
    }
  }

  @Override
  public void broken() {
    if (line != null) {
      line = null;
      ears.values().forEach(Ear::lost);
      server++;
      if (!stage.over()) {
        stage.soon(RECONNECT_MS, this::start);
      }
    }
  }

  private void connected(Line opened) {
    connections++;
    line = opened;
    ears.values().forEach(ear -> ear.resume(opened));
    posting.connected();
  }

  private void renewed(String newer) {
    token = newer;
    tokenSince = stage.micros();
  }

  private Future<ObjectNode> join(String room, String token) {
    return stage
        .rest(server)
        .post("/api/rooms/" + room + "/join", token, Json.mapper().createObjectNode());
  }

  private void shown(String room, long asked, JsonNode answer) {
    List<Entry> entries =
        StreamSupport.stream(answer.path("entries").spliterator(), false).map(Entry::of).toList();
    long asOf = answer.path("asOf").path("seq").asLong();
    recorder.add(new Event.Shown(stage.micros(), asked, room, asOf, entries));
  }
}
