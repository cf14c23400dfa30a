package io.parley.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of {@code bad-input.txt}. */
final class BadInputs {
  private static final Pattern REPEATED = Pattern.compile("<([^<>]*?)\\*([0-9]+)>");
  private static final Map<String, String> NAMES =
      Map.of(
          "{messages}", "/api/rooms/" + FakeCapabilities.ROOM + "/messages",
          "{room}", FakeCapabilities.ROOM,
          "{hidden}", FakeCapabilities.HIDDEN,
          "{foreign}", FakeCapabilities.FOREIGN,
          "{bob}", FakeCapabilities.BOB,
          "{ada}", TestEdge.ADA.toString());

  private BadInputs() {}

  /** A request, as a row describes it, and the answer that it must get. */
  record Row(
      String id,
      boolean anonymous,
      String method,
      String path,
      String header,
      String body,
      int status,
      String code,
      String field) {

    HttpRequest.Builder request(TestEdge edge) {
      HttpRequest.Builder request = anonymous ? edge.anonymous(path) : edge.asAda(path);
      if (!header.isEmpty()) {
        String[] parts = header.split(":", 2);
        request.header(parts[0].strip(), parts[1].strip());
      }
      if (!body.isEmpty() && !header.startsWith("Content-Type")) {
        request.header("Content-Type", "application/json");
      }
      return request.method(
          method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    @Override
    public String toString() {
      return id + " -> " + status + " " + code + " " + field;
    }
  }

  static Stream<Row> rows() {
    return lines().stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(BadInputs::row);
  }

  private static Row row(String line) {
    List<String> columns = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    String[] request = columns.get(1).split(" ", 3);
    String[] answer = columns.get(4).split(" ", 3);
    return new Row(
        columns.get(0),
        request[0].equals("-"),
        request[1],
        filled(request[2]),
        filled(columns.get(2)),
        filled(columns.get(3)),
        Integer.parseInt(answer[0]),
        answer[1],
        answer.length > 2 ? answer[2] : "");
  }

  private static String filled(String text) {
    String named = text;
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      named = named.replace(name.getKey(), name.getValue());
    }
    return REPEATED
        .matcher(named)
        .replaceAll(found -> repeated(found.group(1), Integer.parseInt(found.group(2))));
  }

  private static String repeated(String text, int times) {
    return Matcher.quoteReplacement(text.repeat(times));
  }

  private static List<String> lines() {
    try (InputStream stream = BadInputs.class.getResourceAsStream("/http/bad-input.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
