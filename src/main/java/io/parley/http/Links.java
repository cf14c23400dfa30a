package io.parley.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the pages beside a page are, as a Link header (RFC 8288). */
final class Links {
  private static final Set<String> POSITIONS = Set.of("before", "after", "around", "cursor");

  private Links() {}

  /** A list whose answer says {@code next}: to be given back as {@code parameter}. */
  static Reply list(Call call, String parameter, JsonNode page) {
    List<String> links = new ArrayList<>();
    if (page.hasNonNull("next")) {
      links.add(link(call.request(), parameter, page.get("next").asText(), "next"));
    }
    return linked(page, links);
  }

  /** A stretch of history: newer is next, older is previous. */
  static Reply history(Call call, JsonNode page) {
    List<String> links = new ArrayList<>();
    if (page.path("newer").booleanValue() && page.has("last")) {
      links.add(link(call.request(), "after", page.get("last").asText(), "next"));
    }
    if (page.path("older").booleanValue() && page.has("first")) {
      links.add(link(call.request(), "before", page.get("first").asText(), "prev"));
    }
    return linked(page, links);
  }

  private static Reply linked(JsonNode page, List<String> links) {
    Reply reply = Reply.ok(page);
    return links.isEmpty() ? reply : reply.with("Link", String.join(", ", links));
  }

  private static String link(
      HttpServerRequest request, String parameter, String position, String relation) {
    QueryStringEncoder url = new QueryStringEncoder(request.path());
    new QueryStringDecoder(request.uri())
        .parameters()
        .forEach(
            (name, values) -> {
              if (!name.equals(parameter) && !POSITIONS.contains(name)) {
                values.forEach(value -> url.addParam(name, value));
              }
            });
    url.addParam(parameter, position);
    return "<" + url + ">; rel=\"" + relation + "\"";
  }
}
