package io.parley.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever a client does to the ports of a real node: a number that says what is wrong, nothing
 * stored, and everybody else talks on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseIT {
  private static final Logger LOG = LoggerFactory.getLogger(AbuseIT.class);

  private final List<String> report = new ArrayList<>();
  private Scene scene;

  @BeforeAll
  void start(@TempDir Path data) {
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    // What befalls other threads, such as those of the mail server, is no outcome of a row.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    scene = new Scene(data);
  }

  @AfterAll
  void stop() {
    LOG.info("What was tried, and what came of it:\n{}", String.join("\n", report));
    Awaitility.reset();
    scene.close();
  }

  static Stream<Row> rows() {
    return Stream.of(
            TransportRows.all(),
            FrameRows.all(),
            BridgeRows.all(),
            ChangeRows.all(),
            PeopleRows.all(),
            AccountRows.all(),
            TokenRows.all(),
            SessionRows.all(),
            CookieRows.all(),
            OperationRows.all(),
            IdentityRows.all(),
            TextRows.all())
        .flatMap(row -> row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void comesToWhatItMust(Row row) throws Exception {
    String outcome = row.deed().outcome(scene);
    report.add("%-4s %s -> %s".formatted(row.id(), row.what(), outcome));

    assertThat(outcome).as(row.what()).isEqualTo(row.expected());
    assertThat(scene.refused("INTERNAL")).as("unforeseen failures").isZero();
    scene.othersAreWell();
  }
}
