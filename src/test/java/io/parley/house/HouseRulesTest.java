package io.parley.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the sources look. */
class HouseRulesTest {
  private static final int MAIN_FILE_LINES = 300;
  private static final int TEST_FILE_LINES = 500;
  private static final int METHOD_LINES = 40;
  private static final Pattern BANNED_NAME =
      Pattern.compile(".*(Impl|Manager|Helper|Utils?|Base|Dto|DTO)|Abstract.*");
  private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  private static final List<Source> MAIN = Source.below(Source.MAIN);
  private static final List<Source> TEST = Source.below(Source.TEST);

  @Test
  void filesAreShort() {
    List<Breach> breaches = new ArrayList<>();
    tooLong(MAIN, MAIN_FILE_LINES, breaches);
    tooLong(TEST, TEST_FILE_LINES, breaches);
    Exemptions.judge("filesAreShort", breaches);
  }

  @Test
  void methodsAreShort() {
    List<Breach> breaches = new ArrayList<>();
    for (Source source : all()) {
      onMethods(
          source,
          (name, method) -> {
            int lines = source.lastLine(method) - source.firstLine(method) + 1;
            if (lines > METHOD_LINES) {
              breaches.add(new Breach(source.path() + "#" + name, lines + " lines"));
            }
          });
    }
    Exemptions.judge("methodsAreShort", breaches);
  }

  @Test
  void onlyTheCommandLinePrints() {
    List<Breach> breaches = new ArrayList<>();
    for (Source source : MAIN) {
      if (!source.path().startsWith("src/main/java/io/parley/cli/")) {
        onSelections(source, Set.of("System.out", "System.err"), breaches);
      }
    }
    Exemptions.judge("onlyTheCommandLinePrints", breaches);
  }

  @Test
  void nobodySleeps() {
    List<Breach> breaches = new ArrayList<>();
    for (Source source : all()) {
      onSelections(source, Set.of("Thread.sleep", "TimeUnit.SECONDS.sleep"), breaches);
      onSelections(source, Set.of("TimeUnit.MILLISECONDS.sleep"), breaches);
    }
    Exemptions.judge("nobodySleeps", breaches);
  }

  @Test
  void aSuppressedWarningHasAReasonBesideIt() {
    List<Breach> breaches = new ArrayList<>();
    for (Source source : all()) {
      onAnnotations(
          source,
          annotation -> {
            int line = source.firstLine(annotation);
            String own = source.lines().get(line - 1);
            String above = line < 2 ? "" : source.lines().get(line - 2).strip();
            if (!own.contains("//") && !above.startsWith("//")) {
              breaches.add(new Breach(source.path(), "line " + line + " gives no reason"));
            }
          });
    }
    Exemptions.judge("aSuppressedWarningHasAReasonBesideIt", breaches);
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    List<Breach> breaches = new ArrayList<>();
    for (Source source : all()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitClass(ClassTree type, Void none) {
          if (BANNED_NAME.matcher(type.getSimpleName()).matches()) {
            breaches.add(new Breach(source.path(), "is called " + type.getSimpleName()));
          }
          return super.visitClass(type, null);
        }
      }.scan(source.tree(), null);
    }
    Exemptions.judge("classesAreNamedForWhatTheyAre", breaches);
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    Set<String> explained =
        MAIN.stream()
            .filter(Source::isPackageInfo)
            .filter(source -> source.lines().get(0).startsWith("/**"))
            .filter(source -> source.lines().contains("@NullMarked"))
            .map(HouseRulesTest::directory)
            .collect(Collectors.toSet());
    List<Breach> breaches =
        MAIN.stream()
            .map(HouseRulesTest::directory)
            .distinct()
            .filter(directory -> !explained.contains(directory))
            .map(directory -> new Breach(directory, "no package-info with comment and @NullMarked"))
            .toList();
    Exemptions.judge("everyPackageSaysWhatItIsAndIsNullMarked", breaches);
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    List<Breach> breaches = new ArrayList<>();
    for (Path path : written()) {
      List<String> lines = Files.readAllLines(path);
      for (int i = 0; i < lines.size(); i++) {
        if (LEFT_OVER.matcher(lines.get(i)).find()) {
          breaches.add(
              new Breach(path.toString(), "line " + (i + 1) + ": " + lines.get(i).strip()));
        }
      }
    }
    Exemptions.judge("nothingIsLeftForLater", breaches);
  }

  private static List<Path> written() throws IOException {
    Pattern text = Pattern.compile(".*\\.(java|ya?ml|xml|sql|mjs|js|ts|tsx|css|html|md|sh)");
    List<Path> paths = new ArrayList<>(List.of(Path.of("pom.xml")));
    for (Path root : List.of(Path.of("src"), Path.of("conf"))) {
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(path -> !path.toString().contains("node_modules"))
            .filter(path -> text.matcher(path.toString()).matches())
            .forEach(paths::add);
      }
    }
    return paths;
  }

  private static void tooLong(List<Source> sources, int limit, List<Breach> breaches) {
    for (Source source : sources) {
      if (source.lines().size() > limit) {
        breaches.add(new Breach(source.path(), source.lines().size() + " lines, not " + limit));
      }
    }
  }

  /** Methods and, since they hide there as well, lambdas; both by the name of the method. */
  private static void onMethods(Source source, BiConsumer<String, com.sun.source.tree.Tree> visit) {
    new TreeScanner<Void, String>() {
      @Override
      public Void visitMethod(MethodTree method, String outer) {
        String name = method.getName().toString();
        visit.accept(name, method);
        return super.visitMethod(method, name);
      }

      @Override
      public Void visitLambdaExpression(LambdaExpressionTree lambda, String outer) {
        if (outer == null) {
          visit.accept("lambda", lambda);
        }
        return super.visitLambdaExpression(lambda, outer);
      }
    }.scan(source.tree(), null);
  }

  private static void onSelections(Source source, Set<String> names, List<Breach> breaches) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMemberSelect(MemberSelectTree selection, Void none) {
        if (names.contains(selection.toString())) {
          int line = source.firstLine(selection);
          breaches.add(new Breach(source.path(), "line " + line + ": " + selection));
        }
        return super.visitMemberSelect(selection, null);
      }
    }.scan(source.tree(), null);
  }

  private static void onAnnotations(
      Source source, java.util.function.Consumer<AnnotationTree> visit) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitAnnotation(AnnotationTree annotation, Void none) {
        if (annotation.getAnnotationType().toString().equals("SuppressWarnings")) {
          visit.accept(annotation);
        }
        return super.visitAnnotation(annotation, null);
      }
    }.scan(source.tree(), null);
  }

  private static List<Source> all() {
    return Stream.concat(MAIN.stream(), TEST.stream()).toList();
  }

  private static String directory(Source source) {
    return source.path().substring(0, source.path().lastIndexOf('/'));
  }
}
