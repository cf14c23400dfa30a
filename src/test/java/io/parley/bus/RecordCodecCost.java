package io.parley.bus;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.json.Json;
import io.parley.log.LogApi;
import io.parley.log.Samples;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A message between nodes: what it costs its sender, and whom it reaches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordCodecCost {
  /** What the event bus begins a message with. */
  private static final int WIRE = 1024;

  /** What travels. */
  public enum Kind {
    APPEND,
    DELIVERY_OF_1,
    DELIVERY_OF_50
  }

  @Param public Kind message = Kind.APPEND;

  private final RecordCodec codec =
      new RecordCodec(
          Json.cbor(),
          List.of(LogApi.CONTRACT),
          new BusMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
  private Record record = new LogApi.Done();
  private Buffer wire = Buffer.buffer();

  @Setup
  public void prepare() {
    record =
        switch (message) {
          case APPEND -> Samples.append(Samples.room(1), 1, 1);
          case DELIVERY_OF_1 -> delivery(1);
          case DELIVERY_OF_50 -> delivery(50);
        };
    wire = (Buffer) encode();
    if (!decode().equals(record)) {
      throw new IllegalStateException("it does not arrive as it was sent");
    }
  }

  private static LogApi.Delivery delivery(int entries) {
    return new LogApi.Delivery(
        "0193a2c4-0000-7000-8000-000000000001/0",
        1_795_487_400_123L,
        1_000_000,
        Samples.encoded(Samples.room(1), entries),
        List.of());
  }

  @Benchmark
  public Object encode() {
    Buffer buffer = Buffer.buffer(WIRE);
    codec.encodeToWire(buffer, record);
    return buffer;
  }

  @Benchmark
  public Object decode() {
    return codec.decodeFromWire(0, wire);
  }
}
