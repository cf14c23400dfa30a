package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What is measured does what it is measured for; how long it takes here means nothing. */
class PartsTest {

  @BeforeAll
  static void besideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  static List<Parts.Part> parts() {
    return Parts.ALL;
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartCanBeMeasured(Parts.Part part) {
    assertThat(
            Parts.run(
                part,
                new OptionsBuilder()
                    .forks(0)
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .param("sockets", "10")
                    .param("batch", "50")
                    .verbosity(VerboseMode.SILENT)))
        .isNotEmpty();
  }
}
