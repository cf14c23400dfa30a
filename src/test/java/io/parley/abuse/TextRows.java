package io.parley.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.RestClient.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Texts and forms that break those who are careless: kept as they are, or refused by number. */
final class TextRows {
  private static final String KEPT = "kept as it is";
  private static final List<String> INJECTED =
      List.of(
          "' OR 1=1--",
          "'; DROP TABLE accounts; --",
          "%",
          "_%_",
          "\\",
          "$1::regclass",
          "user:1\r\nFLUSHALL\r\n",
          "*");

  /** Where one looks for something, and the field that tells what was found. */
  private static final Map<String, String> FINDING =
      Map.of(
          "/api/users?query=", "users",
          "/api/rooms?discover=true&query=", "rooms",
          "/api/search?query=", "results");

  private TextRows() {}

  static Stream<Row> all() {
    return Stream.of(
        new Row(
            "U3",
            "directions and zero widths",
            KEPT,
            s -> kept(s, "a\u202Eb\u2066c\u200Bd\uFEFFe\uDB40\uDC41f")),
        new Row(
            "U4",
            "a family, flags, tones",
            KEPT,
            s -> kept(s, "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇪🇸👍🏽")),
        new Row(
            "U4",
            "a thousand marks on one letter",
            KEPT,
            s -> kept(s, "e" + "\u0301".repeat(1000))),
        new Row("U6", "8,000 letters", KEPT, s -> kept(s, "a".repeat(8_000))),
        new Row("U6", "8,001 letters", "413 text", s -> refused(s, "a".repeat(8_001))),
        new Row("U6", "8,000 astral letters, 32,000 bytes", KEPT, s -> kept(s, "😀".repeat(8_000))),
        new Row("U6", "only spaces", "400 text", s -> refused(s, " \n\u3000")),
        new Row("U6", "only zero widths", "400 text", s -> refused(s, "\u200B\u200D\uFEFF")),
        new Row(
            "U7",
            "noncharacters and separators",
            KEPT,
            s -> kept(s, "a\uFFFFb\uE000c\u2028d\u2029e")),
        new Row(
            "U9",
            "what others would evaluate",
            KEPT,
            s -> kept(s, "${jndi:ldap://127.0.0.1/x} {{7*7}} %n%s <%= 7 %>")),
        new Row("N1", "nesting without end", "400", TextRows::nested),
        new Row("N4", "a hundred thousand keys, and a key of a megabyte", "413", s -> keys(s)),
        new Row("N5", "a compressed body", "415", TextRows::compressed),
        new Row("N7", "SQL in every parameter", "nothing found, nothing lost", s -> injected(s)),
        new Row("N9", "commands in what is a key", "401", TextRows::commands),
        new Row("N11", "paging while others post and delete", "each once", TextRows::paging));
  }

  private static Answer post(Scene scene, String text) {
    return scene.ann.rest().post("/api/rooms/" + scene.room + "/messages", Map.of("text", text));
  }

  private static String kept(Scene scene, String text) {
    Answer posted = post(scene, text);
    if (posted.status() != 201) {
      return posted.status() + " " + posted.body();
    }
    long seq = posted.body().path("seq").asLong();
    Answer page =
        scene.ann.rest().get("/api/rooms/" + scene.room + "/messages?limit=1&around=" + seq);
    boolean plain =
        page.raw().headers().firstValue("content-type").orElse("").equals("application/json")
            && page.raw().headers().firstValue("x-content-type-options").isPresent();
    for (JsonNode entry : page.body().path("entries")) {
      if (entry.path("seq").asLong() == seq) {
        return plain && entry.path("body").path("text").asText().equals(text)
            ? KEPT
            : "altered: " + entry.path("body");
      }
    }
    return "lost: " + page.body();
  }

  private static String refused(Scene scene, String text) {
    Answer answer = post(scene, text);
    return answer.status() + " " + answer.body().path("field").asText();
  }

  private static String raw(Scene scene, String body, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/json");
    all.add("Authorization: Bearer " + scene.ann.token());
    String request = "POST /api/rooms/" + scene.room + "/messages";
    return RawHttp.status(scene.node.httpPort(), request, all, body);
  }

  private static String nested(Scene scene) throws IOException {
    Set<String> told = new TreeSet<>();
    for (int depth : List.of(1_000, 100_000)) {
      told.add(raw(scene, "{\"text\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
    }
    return String.join(", ", told);
  }

  private static String keys(Scene scene) throws IOException {
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      many.append("\"k").append(i).append("\":1,");
    }
    Set<String> told = new TreeSet<>();
    told.add(raw(scene, many + "\"text\":\"x\"}"));
    told.add(raw(scene, "{\"" + "k".repeat(1 << 20) + "\":1}"));
    return String.join(", ", told);
  }

  private static String compressed(Scene scene) throws IOException {
    return raw(scene, "{\"text\":\"x\"}", "Content-Encoding: gzip");
  }

  private static String injected(Scene scene) {
    List<String> odd = new ArrayList<>();
    String people = scene.ann.rest().get("/api/users?query=" + scene.ann.username()).body() + "";
    for (String text : INJECTED) {
      String query = URLEncoder.encode(text, StandardCharsets.UTF_8);
      FINDING.forEach(
          (path, field) -> {
            Answer answer = scene.ann.rest().get(path + query);
            JsonNode found = answer.body().path(field);
            if (answer.status() != 400 && found.size() > 0) {
              odd.add(path + text + " finds " + found.size());
            }
          });
      for (String path :
          List.of(
              "/api/users?after=",
              "/api/users?limit=",
              "/api/search?query=tea&after=",
              "/api/search?query=tea&sort=",
              "/api/rooms?discover=true&after=",
              "/api/users/")) {
        int status = scene.ann.rest().get(path + query).status();
        if (status != 400 && status != 404) {
          odd.add(path + text + " is answered with " + status);
        }
      }
    }
    int sorted = scene.ann.rest().get("/api/users?orderBy=1;DROP%20TABLE%20rooms&limit=1").status();
    boolean there =
        people.equals(scene.ann.rest().get("/api/users?query=" + scene.ann.username()).body() + "");
    return odd.isEmpty() && there && (sorted == 200 || sorted == 400)
        ? "nothing found, nothing lost"
        : odd + ", " + sorted + (there ? "" : ", lost");
  }

  private static String commands(Scene scene) {
    Set<String> told = new TreeSet<>();
    for (String text : INJECTED) {
      Map<String, Object> login = Map.of("identifier", text, "password", "guessed it");
      told.add(String.valueOf(IdentityRows.anybody(scene).post("/api/auth/login", login).status()));
    }
    return String.join(", ", told);
  }

  /** Backwards through a room, four to a page, while its end grows and its messages go. */
  private static String paging(Scene scene) {
    String room = scene.ann.rest().room("paged", "private");
    String messages = "/api/rooms/" + room + "/messages";
    Set<Long> wanted = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      wanted.add(said(scene, messages));
    }
    List<Long> seen = new ArrayList<>();
    String before = "";
    boolean older = true;
    while (older) {
      JsonNode page = scene.ann.rest().get(messages + "?limit=4" + before).expect(200).body();
      page.path("entries").forEach(entry -> seen.add(entry.path("seq").asLong()));
      before = "&before=" + page.path("first").asLong();
      older = page.path("older").asBoolean();
      said(scene, messages);
      scene.ann.rest().delete(messages + "/" + page.path("last").asLong());
    }
    boolean once = new HashSet<>(seen).size() == seen.size();
    return once && seen.containsAll(wanted) ? "each once" : seen + " of " + wanted;
  }

  private static long said(Scene scene, String messages) {
    return scene
        .ann
        .rest()
        .post(messages, Map.of("text", UUID.randomUUID().toString()))
        .expect(201)
        .body()
        .path("seq")
        .asLong();
  }
}
