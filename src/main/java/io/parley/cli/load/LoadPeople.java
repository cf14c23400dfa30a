package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.Json;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Signs people up and brings them into their rooms, over REST, a few at a time. */
final class LoadPeople {
  private static final int AT_ONCE = 4;

  private final LoadRest rest;

  LoadPeople(LoadRest rest) {
    this.rest = rest;
  }

  /** People, evenly spread over new rooms. */
  Future<List<Member>> gather(LoadPlan plan, Consumer<String> progress) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    List<Member> members = new ArrayList<>();
    return signUp(run, plan.members(), progress)
        .compose(
            tokens ->
                open(run, tokens.get(0), plan.rooms())
                    .compose(rooms -> enter(tokens, rooms, members, progress)))
        .map(members);
  }

  private Future<List<String>> signUp(String run, int count, Consumer<String> progress) {
    List<String> tokens = new ArrayList<>();
    return inTurns(
            count,
            index ->
                rest.post("/api/auth/register", "", account(run, index))
                    .onSuccess(answer -> tokens.add(answer.path("token").asText()))
                    .onSuccess(answer -> tell(progress, "signed up", tokens.size(), count)))
        .map(tokens);
  }

  private Future<List<String>> open(String run, String token, int count) {
    List<String> rooms = new ArrayList<>();
    return inTurns(
            count,
            index ->
                rest.post("/api/rooms", token, room(run, index))
                    .onSuccess(answer -> rooms.add(id(answer))))
        .map(rooms);
  }

  private Future<Void> enter(
      List<String> tokens, List<String> rooms, List<Member> members, Consumer<String> progress) {
    return inTurns(
        tokens.size(),
        index -> {
          Member member = new Member(tokens.get(index), rooms.get(index % rooms.size()));
          return rest.post("/api/rooms/" + member.room() + "/join", member.token(), empty())
              .onSuccess(answer -> members.add(member))
              .onSuccess(answer -> tell(progress, "entered", members.size(), tokens.size()));
        });
  }

  private interface Step {
    Future<?> take(int index);
  }

  /** Takes steps 0 to count, so many at once. */
  private static Future<Void> inTurns(int count, Step step) {
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < Math.min(AT_ONCE, count); lane++) {
      lanes.add(lane(lane, count, step));
    }
    return Future.all(lanes).mapEmpty();
  }

  private static Future<Void> lane(int index, int count, Step step) {
    return index >= count
        ? Future.succeededFuture()
        : step.take(index).compose(done -> lane(index + AT_ONCE, count, step));
  }

  private static ObjectNode account(String run, int index) {
    return empty()
        .put("username", "load_" + run + "_" + index)
        .put("name", "Load " + index)
        .put("password", "load " + run + " " + UUID.randomUUID());
  }

  private static ObjectNode room(String run, int index) {
    return empty().put("name", "load " + run + " " + index).put("type", "public");
  }

  private static String id(ObjectNode answer) {
    return answer.path("id").asText();
  }

  private static ObjectNode empty() {
    return Json.mapper().createObjectNode();
  }

  private static void tell(Consumer<String> progress, String what, int done, int count) {
    if (done % 100 == 0 || done == count) {
      progress.accept(what + " " + done + " of " + count);
    }
  }
}
