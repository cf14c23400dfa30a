package io.parley.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.json.Json;
import io.parley.log.LogId;
import io.parley.log.Samples;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A post as a client sends it, and the acknowledgement that it gets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestCost {
  private static final LogId ROOM = Samples.room(1);
  private static final String CID = "0193a2c4-0000-7000-8000-000000000001";
  private static final String REPLY = "reply-0193a2c4-1017";

  private final String post =
      "{\"type\":\"send\",\"address\":\"messages.post\",\"replyAddress\":\""
          + REPLY
          + "\",\"headers\":{},\"body\":{\"room\":\""
          + ROOM.id()
          + "\",\"cid\":\""
          + CID
          + "\",\"text\":\""
          + Samples.TEXT
          + "\"}}";
  private final JsonNode answer =
      JsonNodeFactory.instance
          .objectNode()
          .put("room", ROOM.id().toString())
          .put("seq", 1_000_017)
          .put("n", 1_000_001)
          .put("at", "2026-11-24T02:30:00.123Z")
          .put("cursor", Samples.cursor(1_000_017))
          .put("id", CID)
          .put("cid", CID)
          .put("duplicate", false);

  private final String framed = Json.write(List.of(post));

  @Setup
  public void check() {
    if (!(parse() instanceof Request.Call) || !unpack().equals(Optional.of(List.of(post)))) {
      throw new IllegalStateException("this post is refused");
    }
  }

  /** What SockJS puts around it, taken off. */
  @Benchmark
  public Object unpack() {
    return SockJsText.unpack(framed);
  }

  @Benchmark
  public Object parse() {
    return RequestParser.parse(post);
  }

  @Benchmark
  public Object acknowledge() {
    return Envelope.message(REPLY, answer);
  }
}
