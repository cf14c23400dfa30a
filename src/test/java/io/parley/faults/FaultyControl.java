package io.parley.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.fixtures.ParleyProcess;
import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a test tells a {@link FaultyNode}, and asks it. */
final class FaultyControl {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ParleyProcess node;
  private final int port;

  private FaultyControl(ParleyProcess node, int port) {
    this.node = node;
    this.port = port;
  }

  /** Of a node that runs; another one after it was started again. */
  static FaultyControl of(ParleyProcess node) {
    String line = node.awaitLine(FaultyNode.TAKEN);
    String port = line.substring(line.indexOf(FaultyNode.TAKEN) + FaultyNode.TAKEN.length());
    return new FaultyControl(node, Integer.parseInt(port.strip()));
  }

  void arm(Arming arming) {
    ask("arm?" + arming.query());
  }

  /** Arms what ends the process, perhaps before it can answer. */
  void armEnd(Arming arming) {
    try {
      arm(arming);
    } catch (UncheckedIOException ended) {
      // then the point was passed already
    }
  }

  void disarm(Point point) {
    ask("disarm?" + point.word());
  }

  /** Its clock is so far ahead from now on. */
  void clock(Duration ahead) {
    ask("clock?" + ahead.toSeconds());
  }

  /** How often a point was passed. */
  long passed(Point point) {
    return ask("").path(point.word()).path("passed").asLong();
  }

  /** How often a point has fired; known also of a process that is gone. */
  long fired(Point point) {
    String word = "failpoint " + point.word() + " fired";
    return node.output().stream().filter(line -> line.contains(word)).count();
  }

  private JsonNode ask(String what) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + what))
            .timeout(PATIENCE)
            .build();
    try {
      return Json.mapper()
          .readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
