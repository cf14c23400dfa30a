package io.parley.bridge;

import io.parley.log.LogApi;
import io.parley.log.Samples;
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

/** What is written to sockets, which is made once for all of an event loop. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramesCost {

  /** How many go out together. */
  @Param({"1", "10"})
  public int entries = 1;

  private List<LogApi.Encoded> batch = List.of();

  @Setup
  public void prepare() {
    batch = Samples.encoded(Samples.room(1), entries);
  }

  @Benchmark
  public int raw() {
    Frames frames = Audience.frames(batch);
    int bytes = frames.raw().readableBytes();
    frames.release();
    return bytes;
  }

  @Benchmark
  public int sockJs() {
    Frames frames = Audience.frames(batch);
    int bytes = frames.sockJs().readableBytes();
    frames.release();
    return bytes;
  }
}
