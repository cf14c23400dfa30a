package io.parley.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may see what. */
class ArrowsTest {
  private static final String ROOT = "io.parley";
  private static final List<String> PLUMBING =
      List.of(
          "failure", "json", "bus", "config", "tls", "cluster", "edge", "mail", "observability");

  /** From the lowest up; each sees those below it. */
  private static final List<String> CAPABILITIES =
      List.of(
          "limits",
          "audit",
          "accounts",
          "contacts",
          "log",
          "rooms",
          "threads",
          "messages",
          "search",
          "presence",
          "media",
          "events");

  /** From here on capabilities stand side by side. */
  private static final int UPPERMOST = 8;

  /** It tells others what happens in any of them, and nobody asks it for anything. */
  private static final String ABOVE_ALL = "events";

  private static final List<String> EDGES = List.of("http", "bridge");

  /** What a capability shows to others: its door, what it asks of them, and plain values. */
  private static final DescribedPredicate<JavaClass> SHOWN =
      describe(
          "an Api, an interface that is not a store, a record or an enum",
          type ->
              !type.getName().matches(".*Store(\\$.*)?")
                  && (type.isInterface()
                      || type.isEnum()
                      || type.isRecord()
                      || type.getName().contains("Api$")));

  /** What a store may know of the capability it remembers things for. */
  private static final DescribedPredicate<JavaClass> REMEMBERED =
      describe(
          "a Store or the values it names",
          type ->
              type.isInterface()
                  || type.isEnum()
                  || type.isRecord()
                  || type.getName().contains("Store$"));

  @Test
  void everyPackageHasItsPlace() {
    Set<String> known =
        Stream.of(PLUMBING, CAPABILITIES, EDGES, List.of("commands", "stores", "cli"))
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    Set<String> found =
        Code.MAIN.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + "."))
            .map(name -> name.substring(ROOT.length() + 1).split("\\.")[0])
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(known).containsAll(found);
  }

  @Test
  void packagesFormNoCycles() {
    Code.judge("packagesFormNoCycles", slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void plumbingSeesNoCapability() {
    Code.judge("plumbingSeesNoCapability", only(PLUMBING, PLUMBING));
  }

  @Test
  void theLowestPlumbingSeesHardlyAnything() {
    Code.judge(
        "theLowestPlumbingSeesHardlyAnything",
        only(List.of("failure", "json"), List.of("failure", "json")),
        only(List.of("bus"), List.of("bus", "failure", "json", "observability")));
  }

  @Test
  void capabilitiesSeeOnlyThoseBelowThem() {
    Code.judge(
        "capabilitiesSeeOnlyThoseBelowThem",
        rules(
            one -> {
              int place = CAPABILITIES.indexOf(one);
              int level = one.equals(ABOVE_ALL) ? place : Math.min(place, UPPERMOST);
              return only(List.of(one), join(PLUMBING, CAPABILITIES.subList(0, level), one));
            }));
  }

  @Test
  void capabilitiesMeetThroughTheirDoors() {
    Code.judge(
        "capabilitiesMeetThroughTheirDoors",
        rules(other -> hidden(except(CAPABILITIES, other), other, SHOWN)));
  }

  @Test
  void commandsSeeDoorsOnly() {
    DescribedPredicate<JavaClass> shown =
        SHOWN.or(describe("Posts", type -> type.getSimpleName().equals("Posts")));
    Code.judge("commandsSeeDoorsOnly", rules(other -> hidden(List.of("commands"), other, shown)));
    Code.judge(
        "commandsSeeNoEdge", only(List.of("commands"), join(PLUMBING, CAPABILITIES, "commands")));
  }

  @Test
  void edgesSeeCommandsAndDoorsOnly() {
    Code.judge("edgesSeeDoorsOnly", rules(other -> hidden(EDGES, other, SHOWN)));
    for (String edge : EDGES) {
      List<String> seen = join(join(PLUMBING, CAPABILITIES, edge), List.of(), "commands");
      Code.judge("edgesSeeNotEachOther", only(List.of(edge), seen));
    }
  }

  @Test
  void storesSeeWhatTheyRemember() {
    Code.judge(
        "storesSeeWhatTheyRemember", rules(other -> hidden(List.of("stores"), other, REMEMBERED)));
    Code.judge("storesSeeNoEdge", only(List.of("stores"), join(PLUMBING, CAPABILITIES, "stores")));
  }

  @Test
  void onlyTheWiringAndTheCommandLineSeeStores() {
    Code.judge(
        "onlyTheWiringAndTheCommandLineSeeStores",
        noClasses()
            .that(not(resideInAnyPackage(ROOT, ROOT + ".cli..", ROOT + ".stores..")))
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + ".stores..")));
  }

  @Test
  void onlyTheCommandLineSeesTheWiring() {
    Code.judge(
        "onlyTheCommandLineSeesTheWiring",
        noClasses()
            .that(not(resideInAnyPackage(ROOT, ROOT + ".cli..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT, ROOT + ".cli..")));
  }

  /** These packages see, of Parley, only those. */
  private static ArchRule only(List<String> these, List<String> those) {
    return noClasses()
        .that(resideInAnyPackage(packages(these)))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages(those)))));
  }

  private static ArchRule[] rules(Function<String, ArchRule> forCapability) {
    return CAPABILITIES.stream().map(forCapability).toArray(ArchRule[]::new);
  }

  private static List<String> except(List<String> all, String one) {
    return all.stream().filter(name -> !name.equals(one)).toList();
  }

  /** Some packages see of another only what is shown. */
  private static ArchRule hidden(
      List<String> some, String other, DescribedPredicate<JavaClass> shown) {
    return noClasses()
        .that(resideInAnyPackage(packages(some)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages(List.of(other))).and(not(shown)));
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
  }

  private static List<String> join(List<String> some, List<String> more, String last) {
    return Stream.of(some, more, List.of(last)).flatMap(List::stream).distinct().toList();
  }
}
