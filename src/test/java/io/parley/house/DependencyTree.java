package io.parley.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The verbose dependency tree that Maven wrote, as the graph it stands for: what occurs twice is
 * written out once, and named at its other places.
 */
final class DependencyTree {
  private static final int INDENT = 3;
  private static final Pattern LINE =
      Pattern.compile("([| ]*(?:[+\\\\]- )?)(\\(?)([^:\\s(]+):([^:\\s]+):jar:([^\\s)]+).*");

  private final List<String> roots = new ArrayList<>();
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, Set<String>> needed = new HashMap<>();

  private DependencyTree() {}

  static DependencyTree read(Path file) throws IOException {
    DependencyTree tree = new DependencyTree();
    List<String> above = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IOException("not understood: " + line);
      }
      int depth = parts.group(1).length() / INDENT;
      above.subList(depth, above.size()).clear();
      above.add(tree.add(parts, depth, above));
    }
    return tree;
  }

  /** What the project itself names, as group:artifact. */
  List<String> roots() {
    return List.copyOf(roots);
  }

  /**
   * The jars that these roots need, themselves among them; without those that the project wants at
   * compile time only, which no jar stands for.
   */
  Set<String> jarsBelow(Predicate<String> root) {
    Deque<String> open = new ArrayDeque<>(roots.stream().filter(root).toList());
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (String next : needed.getOrDefault(open.pop(), Set.of())) {
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    return seen.stream().filter(files::containsKey).map(files::get).collect(Collectors.toSet());
  }

  private String add(Matcher parts, int depth, List<String> above) {
    String artifact = parts.group(4);
    String[] rest = parts.group(5).split(":", -1); // version:scope or classifier:version:scope
    boolean classified = rest.length > 2;
    String key = parts.group(3) + ":" + artifact + (classified ? ":" + rest[0] : "");
    if (parts.group(2).isEmpty()) {
      String version = classified ? rest[1] + "-" + rest[0] : rest[0];
      files.put(key, artifact + "-" + version + ".jar");
    }
    if (depth == 1) {
      roots.add(key);
    }
    if (depth > 1) {
      needed.computeIfAbsent(above.get(depth - 1), none -> new HashSet<>()).add(key);
    }
    return key;
  }
}
