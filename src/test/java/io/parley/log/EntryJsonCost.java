package io.parley.log;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The JSON of an entry, which every client gets and which is made once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntryJsonCost {
  private final EntryJson json = new EntryJson(Samples.EPOCH);
  private final Entry entry = Samples.entry(Samples.room(1), 1_000_000);

  @Benchmark
  public Object encode() {
    return json.encode(entry);
  }
}
