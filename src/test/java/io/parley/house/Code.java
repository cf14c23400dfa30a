package io.parley.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The compiled code, and how a rule about it is judged. */
final class Code {
  /** Everything that a node is made of. */
  static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target/classes"));

  private static final Pattern PLACE = Pattern.compile("<(io\\.parley[\\w.]*?\\.[A-Z]\\w*)");

  private Code() {}

  /** Fails for every breach outside the exemptions of the rule, which is named by its test. */
  static void judge(String name, ArchRule... parts) {
    List<Breach> breaches =
        Arrays.stream(parts)
            .map(part -> part.allowEmptyShould(true).evaluate(MAIN).getFailureReport())
            .flatMap(report -> report.getDetails().stream())
            .map(detail -> new Breach(place(detail), detail))
            .toList();
    Exemptions.judge(name, breaches);
  }

  /** The top-level class that a breach is about, without its package above {@code io.parley}. */
  private static String place(String detail) {
    Matcher matcher = PLACE.matcher(detail);
    return matcher.find() ? matcher.group(1).replace("io.parley.", "") : "everything";
  }
}
