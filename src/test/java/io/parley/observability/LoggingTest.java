package io.parley.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.fixtures.Await;
import io.parley.json.Json;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** How lines look, with the very configuration that a node has. */
class LoggingTest {
  private static final Path CONFIGURATION = Path.of("src/main/resources/logback.xml");

  private final Vertx vertx = Vertx.vertx();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    Await.of(vertx.close());
  }

  @Test
  void aTextLineNamesTheRequestItBelongsTo() throws Exception {
    Logger log = logger("text", "io.parley.rooms.Rooms");
    log.info("nobody's line");
    within("order-7", () -> log.warn("room {} is full", "lobby"));
    assertThat(output.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("[0-9:.]{12} INFO  Rooms: nobody's line"),
            line ->
                assertThat(line)
                    .matches("[0-9:.]{12} WARN  Rooms \\[order-7]: room lobby is full"));
  }

  @Test
  void nobodyCanForgeALine() throws Exception {
    Logger log = logger("text", "io.parley.rooms.Rooms");
    log.warn("name {}", "x\n12:00:00.000 ERROR Rooms: all is lost\r\n");
    assertThat(output.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  @Test
  void aJsonLineHasTheSameForMachines() throws Exception {
    Logger log = logger("json", "io.parley.rooms.Rooms");
    within("order-7", () -> log.error("it broke\nbadly", new IllegalStateException("why")));
    ObjectNode line = Json.object(output.toByteArray());
    assertThat(line.get("at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z");
    assertThat(line.get("level").asText()).isEqualTo("ERROR");
    assertThat(line.get("logger_name").asText()).isEqualTo("io.parley.rooms.Rooms");
    assertThat(line.get("message").asText()).isEqualTo("it broke\nbadly");
    assertThat(line.get("correlation").asText()).isEqualTo("order-7");
    assertThat(line.get("stack_trace").asText()).contains("IllegalStateException: why");
  }

  @Test
  void librariesSpeakOnlyWhenSomethingIsWrong() throws Exception {
    Logger log = logger("text", "com.hazelcast.core.Something");
    log.info("members: 3");
    log.warn("a member is slow");
    assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("members").contains("slow");
  }

  private Logger logger(String format, String name) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("parley.log.format", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(CONFIGURATION.toFile());
    OutputStreamAppender<ILoggingEvent> appender =
        (OutputStreamAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(format);
    appender.setOutputStream(output);
    return context.getLogger(name);
  }

  private void within(String correlation, Runnable step) {
    Promise<Void> done = Promise.promise();
    vertx.runOnContext(
        start -> {
          new Correlation(correlation).run(step);
          done.complete();
        });
    Await.of(done.future());
  }
}
