package io.parley.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files of the image below a folder: its Dockerfile carried out without an engine, from what
 * the build has left in {@code target}.
 */
final class ImageLayout {
  private final ImageFile image;
  private final Path root;

  private ImageLayout(ImageFile image, Path root) {
    this.image = image;
    this.root = root;
  }

  /** Makes the Java of the image with its own commands, and copies what it copies. */
  static ImageLayout make(ImageFile image, Path root) {
    ImageLayout layout = new ImageLayout(image, root);
    try {
      Files.createDirectories(root.resolve("opt"));
      for (ImageFile.Step run : image.in("java", "RUN")) {
        layout.shell(run.text());
      }
      for (ImageFile.Step copy : image.last("COPY")) {
        layout.copy(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return layout;
  }

  Path root() {
    return root;
  }

  /** Every file in it, with its size. */
  Map<String, Long> files() {
    Map<String, Long> files = new HashMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put("/" + root.relativize(file), Files.size(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** What a container of it runs, in the environment that it would find. */
  ProcessBuilder container(List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    image.only("ENTRYPOINT").command().forEach(word -> command.add(here(word)));
    command.set(0, root.resolve("opt/java/bin").resolve(command.get(0)).toString());
    command.addAll(arguments);
    return process(command, environment);
  }

  /** Runs what tells whether a container is well. Returns whether it is. */
  boolean healthy(Map<String, String> environment) throws IOException, InterruptedException {
    List<String> command = image.only("HEALTHCHECK").command().stream().map(this::here).toList();
    return finished(process(command, environment)) == 0;
  }

  private ProcessBuilder process(List<String> command, Map<String, String> environment) {
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.directory(root.resolve(image.only("WORKDIR").text().substring(1)).toFile());
    process.environment().clear();
    process.environment().putAll(image.environment());
    process.environment().putAll(environment);
    return process;
  }

  private String here(String word) {
    return word.startsWith("/parley/") ? root + word : word;
  }

  private void shell(String script) throws IOException, InterruptedException {
    String here = script.replace("/opt/java", root + "/opt/java");
    ProcessBuilder process = new ProcessBuilder("sh", "-ec", here).redirectErrorStream(true);
    process.environment().merge("PATH", bin(), (path, bin) -> bin + ":" + path);
    if (finished(process) != 0) {
      throw new AssertionError("failed: " + here);
    }
  }

  private static String bin() {
    return Path.of(System.getProperty("java.home"), "bin").toString();
  }

  private static int finished(ProcessBuilder process) throws IOException, InterruptedException {
    Process running = process.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!running.waitFor(2, TimeUnit.MINUTES)) {
      running.destroyForcibly();
      throw new AssertionError("takes too long: " + process.command());
    }
    return running.exitValue();
  }

  private void copy(ImageFile.Step copy) throws IOException {
    List<String> words = copy.arguments();
    if (copy.option("from").equals("java")) {
      return;
    }
    Path into = root.resolve(words.get(words.size() - 1).substring(1));
    Files.createDirectories(into);
    for (String word : words.subList(0, words.size() - 1)) {
      Path source = Path.of(word.replaceFirst("^/src/", ""));
      Path folder = source.getParent() == null ? Path.of(".") : source.getParent();
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(folder, source.getFileName().toString())) {
        for (Path file : found) {
          Files.copy(file, into.resolve(file.getFileName()));
        }
      }
    }
  }

  /** Runs it to its end. Returns what it printed. */
  static String output(ProcessBuilder process) throws IOException, InterruptedException {
    Process running = process.start();
    String printed =
        new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (running.waitFor() != 0) {
      throw new AssertionError(printed);
    }
    return printed;
  }
}
