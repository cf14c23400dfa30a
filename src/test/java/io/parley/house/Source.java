package io.parley.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A source file, parsed.
 *
 * @param path from the root of the project, with slashes
 */
record Source(
    String path, List<String> lines, CompilationUnitTree tree, SourcePositions positions) {

  static final Path MAIN = Path.of("src/main/java");
  static final Path TEST = Path.of("src/test/java");

  /** Every Java file below a directory. */
  static List<Source> below(Path directory) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> walk = Files.walk(directory);
        StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<Path> paths = walk.filter(path -> path.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(paths));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<Source> sources = new ArrayList<>();
      for (CompilationUnitTree tree : task.parse()) {
        Path path = Path.of(tree.getSourceFile().toUri());
        String name = Path.of("").toAbsolutePath().relativize(path).toString().replace('\\', '/');
        sources.add(new Source(name, Files.readAllLines(path), tree, positions));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line of a piece of code, counted from 1. */
  int firstLine(Tree piece) {
    return line(positions.getStartPosition(tree, piece));
  }

  /** The last line of a piece of code, counted from 1. */
  int lastLine(Tree piece) {
    return line(positions.getEndPosition(tree, piece));
  }

  boolean isPackageInfo() {
    return path.endsWith("/package-info.java");
  }

  private int line(long position) {
    return (int) tree.getLineMap().getLineNumber(position);
  }
}
