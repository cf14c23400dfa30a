package io.parley.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is used only where it belongs. */
class PlacesTest {
  private static final String[] BLOCKING_PLACES = {
    "io.parley.cli..", "io.parley.stores.embedded.."
  };
  private static final String[] WIRING = {
    "io.parley", "io.parley.cli..", "io.parley.stores.embedded.."
  };

  @Test
  void theEventBusIsUsedByTheBusAndTheBridge() {
    Code.judge(
        "theEventBusIsUsedByTheBusAndTheBridge",
        only(
            types("io.vertx.core.eventbus.EventBus", "io.vertx.core.eventbus.Message"),
            "io.parley.bus..",
            "io.parley.bridge.."));
  }

  @Test
  void theStockBridgeIsUsedNowhere() {
    Code.judge(
        "theStockBridgeIsUsedNowhere",
        only(
            resideInAnyPackage("io.vertx.ext.bridge..")
                .or(
                    types(
                        "io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions",
                        "io.vertx.ext.web.handler.sockjs.BridgeEvent")),
            new String[0]));
  }

  @Test
  void routingContextsStayAtTheEdges() {
    Code.judge(
        "routingContextsStayAtTheEdges",
        only(
            types("io.vertx.ext.web.RoutingContext"),
            "io.parley.http..",
            "io.parley.bridge..",
            "io.parley.observability.."));
  }

  @Test
  void driversStayInTheirStores() {
    Code.judge(
        "driversStayInTheirStores",
        driver("postgres", "io.vertx.pgclient..", "org.postgresql..", "org.flywaydb.."),
        driver("redis", "io.vertx.redis.."),
        driver("mongo", "io.vertx.ext.mongo..", "com.mongodb..", "org.bson.."),
        driver("s3", "io.minio..", "okhttp3.."),
        only(resideInAnyPackage("io.vertx.ext.mail.."), "io.parley.mail.."),
        driver("embedded", "io.zonky..", "redis.embedded..", "org.gaul.."),
        only(
            resideInAnyPackage("java.sql..", "javax.sql.."),
            "io.parley.stores.postgres..",
            "io.parley.stores.embedded..",
            "io.parley.cli.."));
  }

  @Test
  void sqlStaysInItsStoreAndItsPoolInTheWiring() {
    Code.judge(
        "sqlStaysInItsStoreAndItsPoolInTheWiring",
        only(
            resideInAnyPackage("io.vertx.sqlclient..").and(not(types("io.vertx.sqlclient.Pool"))),
            "io.parley.stores.postgres.."),
        only(types("io.vertx.sqlclient.Pool"), "io.parley.stores.postgres..", "io.parley"));
  }

  @Test
  void hazelcastStaysInTheCluster() {
    Code.judge(
        "hazelcastStaysInTheCluster",
        only(
            resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.."),
            "io.parley.cluster.."));
  }

  @Test
  void jsonIsJacksonsExceptWhereVertxDemandsItsOwn() {
    Code.judge(
        "jsonIsJacksonsExceptWhereVertxDemandsItsOwn",
        only(
            types("io.vertx.core.json.JsonObject", "io.vertx.core.json.JsonArray"),
            "io.parley.stores.mongo.."));
  }

  @Test
  void jacksonIsConfiguredInOnePlace() {
    Code.judge(
        "jacksonIsConfiguredInOnePlace",
        noClasses()
            .that(not(resideInAnyPackage("io.parley.json..")))
            .should(
                calls(
                    "construct a mapper",
                    access ->
                        access
                                .getTargetOwner()
                                .isAssignableTo("com.fasterxml.jackson.databind.ObjectMapper")
                            && access.getName().equals("<init>"))));
  }

  @Test
  void nothingBlocksAnEventLoop() {
    Code.judge(
        "nothingBlocksAnEventLoop",
        noClasses()
            .that(not(resideInAnyPackage(BLOCKING_PLACES)))
            .should(calls("block", PlacesTest::blocks)));
  }

  @Test
  void timeIdsAndChanceArePassedIn() {
    Code.judge(
        "timeIdsAndChanceArePassedIn",
        noClasses()
            .that(not(resideInAnyPackage(WIRING)))
            .should(calls("help themselves to time or chance", PlacesTest::helpsItself)));
  }

  private static boolean blocks(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return switch (owner) {
      case "java.util.concurrent.CompletableFuture", "java.util.concurrent.Future" ->
          Set.of("get", "join").contains(name);
      case "io.vertx.core.Future",
          "java.util.concurrent.CountDownLatch",
          "java.util.concurrent.locks.Condition" ->
          name.startsWith("await");
      case "java.util.concurrent.Semaphore" -> name.startsWith("acquire");
      case "java.util.concurrent.BlockingQueue", "java.util.concurrent.LinkedBlockingQueue" ->
          Set.of("take", "put").contains(name);
      case "java.lang.Thread" -> Set.of("sleep", "join").contains(name);
      case "java.lang.Process" -> name.equals("waitFor");
      case "java.lang.Object" -> name.equals("wait");
      default -> false;
    };
  }

  private static boolean helpsItself(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis");
      case "java.time.Clock" -> name.startsWith("system");
      case "java.time.Instant", "java.time.LocalDate", "java.time.OffsetDateTime" ->
          name.equals("now") && parameters(access) == 0;
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.lang.Math" -> name.equals("random");
      case "java.util.Random", "java.security.SecureRandom" -> name.equals("<init>");
      case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
      case "com.github.f4b6a3.uuid.UuidCreator" -> true;
      default -> false;
    };
  }

  private static int parameters(JavaAccess<?> access) {
    return access.getTarget()
            instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget unit
        ? unit.getRawParameterTypes().size()
        : 0;
  }

  private static ArchRule driver(String store, String... packages) {
    return only(resideInAnyPackage(packages), "io.parley.stores." + store + "..");
  }

  /** Only these places see that. */
  private static ArchRule only(DescribedPredicate<JavaClass> that, String... places) {
    return noClasses().that(not(resideInAnyPackage(places))).should().dependOnClassesThat(that);
  }

  private static DescribedPredicate<JavaClass> types(String... names) {
    Set<String> all = Set.of(names);
    return describe(String.join(", ", names), type -> all.contains(type.getName()));
  }

  private static com.tngtech.archunit.lang.ArchCondition<JavaClass> calls(
      String what, java.util.function.Predicate<JavaAccess<?>> predicate) {
    return ArchConditions.accessTargetWhere(describe(what, predicate));
  }
}
