package io.parley.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.parley.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Dockerfile says, step by step. */
final class ImageFile {
  static final Path PATH = Path.of("src/main/docker/Dockerfile");

  private static final Pattern PAIR = Pattern.compile("([\\w.]+)=(\"[^\"]*\"|\\S+)");

  private final List<Step> steps;

  /**
   * One instruction.
   *
   * @param stage the stage it belongs to: its name, or its base image when it has none
   */
  record Step(String stage, String verb, String text) {
    /** The values of options such as {@code --from}. */
    String option(String name) {
      return words()
          .filter(word -> word.startsWith("--" + name + "="))
          .map(word -> word.substring(name.length() + 3))
          .findFirst()
          .orElse("");
    }

    /** What is no option. */
    List<String> arguments() {
      return words().filter(word -> !word.startsWith("--")).toList();
    }

    /** The command of the form that no shell reads. */
    List<String> command() {
      try {
        return List.of(Json.mapper().readValue(text.substring(text.indexOf('[')), String[].class));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(text, e);
      }
    }

    private Stream<String> words() {
      return Stream.of(text.split(" +"));
    }
  }

  private ImageFile(List<Step> steps) {
    this.steps = steps;
  }

  static ImageFile read() {
    List<Step> steps = new ArrayList<>();
    String stage = "";
    for (String line : lines()) {
      String verb = line.substring(0, line.indexOf(' '));
      String text = line.substring(verb.length()).strip();
      if (verb.equals("FROM")) {
        stage = text.replaceFirst(".* AS ", "");
      }
      steps.add(new Step(stage, verb, text));
    }
    return new ImageFile(steps);
  }

  /** All instructions of a kind, in all stages. */
  List<Step> all(String verb) {
    return steps.stream().filter(step -> step.verb().equals(verb)).toList();
  }

  /** Those of a kind in one stage. */
  List<Step> in(String stage, String verb) {
    return all(verb).stream().filter(step -> step.stage().equals(stage)).toList();
  }

  /** Those of a kind in the stage that becomes the image. */
  List<Step> last(String verb) {
    return in(steps.get(steps.size() - 1).stage(), verb);
  }

  /** The only one of a kind in the stage that becomes the image. */
  Step only(String verb) {
    List<Step> found = last(verb);
    if (found.size() != 1) {
      throw new AssertionError(verb + " is there " + found.size() + " times");
    }
    return found.get(0);
  }

  /** The variables that every container gets. */
  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Step step : last("ENV")) {
      Matcher pairs = PAIR.matcher(step.text());
      while (pairs.find()) {
        variables.put(pairs.group(1), pairs.group(2).replace("\"", ""));
      }
    }
    return variables;
  }

  /** Without comments and empty lines, what is continued on the next line joined. */
  private static List<String> lines() {
    try {
      String whole =
          Files.readAllLines(PATH).stream()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .reduce("", (before, line) -> before + line + "\n");
      return whole.replaceAll("\\\\\n *", "").lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
