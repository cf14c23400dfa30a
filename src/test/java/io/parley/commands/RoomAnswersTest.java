package io.parley.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Bytes;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.Rules;
import io.parley.rooms.Door;
import io.parley.rooms.History;
import io.parley.rooms.Notify;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.Role;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomType;
import io.parley.rooms.RoomsApi;
import io.parley.rooms.SettingsApi;
import io.parley.rooms.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How rooms are told to clients. */
class RoomAnswersTest {
  private static final String ROOM = "0190b6c8-0000-7000-8000-00000000000a";
  private static final String BEGIN = "1970-01-01T00:00:00.000Z";

  private final RoomId id = new RoomId(UUID.fromString(ROOM));

  @Test
  void aRoomIsSeenWithTheCallersOwnPlaceInIt() {
    Terms terms = new Terms(History.SINCE_JOIN, Door.REQUEST);
    assertThat(told(room(RoomType.PUBLIC, Optional.of(own()), Optional.of(terms))))
        .isEqualTo(
            "{\"id\":\""
                + ROOM
                + "\",\"name\":\"general\",\"description\":\"\",\"type\":\"public\",\"createdAt\":\""
                + BEGIN
                + "\",\"memberCount\":2,\"membership\":{\"role\":\"owner\",\"joinedAt\":\""
                + BEGIN
                + "\",\"head\":9,\"cursor\":\"c9\",\"n\":8,\"at\":\"1970-01-01T00:00:01.500Z\","
                + "\"read\":7,\"unread\":1,\"mutedUntil\":\""
                + BEGIN
                + "\",\"mentions\":0,\"marks\":0,\"since\":3,\"settings\":{\"favourite\":true,"
                + "\"notifications\":\"mentions\",\"hidden\":false}},\"requests\":2,"
                + "\"archived\":true,\"slowMode\":30,\"history\":\"since-join\",\"join\":\"request\","
                + "\"last\":{\"seq\":8}}");
  }

  @Test
  void aNodeOfTheVersionBeforeSaysNothingOfTerms() {
    assertThat(told(room(RoomType.PUBLIC, Optional.empty(), Optional.empty())))
        .contains("\"history\":\"all\",\"join\":\"open\"");
  }

  @Test
  void nobodyEntersAPrivateRoomByThemselves() {
    assertThat(told(room(RoomType.PRIVATE, Optional.empty(), Optional.of(Terms.USUAL))))
        .contains("\"history\":\"all\",\"join\":\"invite\"");
  }

  private static String told(RoomsApi.RoomView room) {
    return Json.write(Answers.room(room));
  }

  private RoomsApi.RoomView room(RoomType type, Optional<RoomsApi.Own> own, Optional<Terms> terms) {
    LogApi.Encoded last =
        new LogApi.Encoded(
            id.log(),
            8,
            new Bytes("{\"seq\":8}".getBytes(StandardCharsets.UTF_8)),
            Optional.empty());
    return new RoomsApi.RoomView(
        id,
        "general",
        "",
        type,
        Instant.EPOCH,
        2,
        Optional.empty(),
        own,
        Optional.of(last),
        Optional.of(new Rules(true, 30, 5)),
        terms,
        Optional.<RequestsApi.Asked>empty(),
        Optional.of(2));
  }

  private static RoomsApi.Own own() {
    SettingsApi.Shown settings =
        new SettingsApi.Shown(true, Notify.MENTIONS, Optional.empty(), false);
    return new RoomsApi.Own(
        Role.OWNER,
        Instant.EPOCH,
        9,
        "c9",
        8,
        1500,
        7,
        1,
        Optional.of(Instant.EPOCH),
        Optional.of(0L),
        Optional.of(0L),
        Optional.of(3L),
        Optional.of(settings));
  }
}
