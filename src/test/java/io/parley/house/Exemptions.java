package io.parley.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What may break a rule, with the reason. An entry that is needed no more fails its rule. */
final class Exemptions {
  private static final List<Exemption> ALL =
      List.of(
          new Exemption(
              "jsonIsJacksonsExceptWhereVertxDemandsItsOwn",
              "accounts.AccessTokens",
              "vertx-auth-jwt takes and gives the claims of a token as its own JSON."),
          new Exemption(
              "jsonIsJacksonsExceptWhereVertxDemandsItsOwn",
              "http.BrokenRule",
              "vertx-json-schema gives schemas as its own JSON."),
          new Exemption(
              "jsonIsJacksonsExceptWhereVertxDemandsItsOwn",
              "http.Inputs",
              "vertx-openapi validates and hands over its own JSON."),
          new Exemption(
              "jsonIsJacksonsExceptWhereVertxDemandsItsOwn",
              "http.OpenApi",
              "vertx-openapi reads a contract from its own JSON."),
          new Exemption(
              "timeIdsAndChanceArePassedIn",
              "stores.postgres.PostgresCheckup",
              "It compares this machine's clock with the database's, so it asks that very clock."),
          new Exemption(
              "capabilitiesMeetThroughTheirDoors",
              "rooms.RoomName",
              "Rooms are named by the very rules of people's names, which accounts keep."),
          new Exemption(
              "timeIdsAndChanceArePassedIn",
              "log.LogVerticle",
              "It wires an owner, and is where the owner's ids and chance come from."),
          new Exemption(
              "timeIdsAndChanceArePassedIn",
              "bridge.Bridge",
              "It wires the bridge, and is where the bridge's chance comes from."),
          new Exemption(
              "timeIdsAndChanceArePassedIn",
              "cluster.Cluster",
              "A node without a cluster names itself, as Hazelcast does otherwise."),
          new Exemption(
              "timeIdsAndChanceArePassedIn",
              "observability.Correlation",
              "Nothing depends on the number that ties log lines together."),
          new Exemption(
              "storesSeeWhatTheyRemember",
              "stores.postgres.PostgresAccountRows",
              "A name is searched for by the form that Names folds it to, so it is stored so."));

  private Exemptions() {}

  /**
   * One place that may break one rule.
   *
   * @param rule the name of the test method
   * @param where the class or path that the breach names
   * @param because one sentence
   */
  private record Exemption(String rule, String where, String because) {}

  /** Fails unless every breach is exempt and every exemption of the rule is used. */
  static void judge(String rule, List<Breach> breaches) {
    List<Exemption> exemptions = ALL.stream().filter(one -> one.rule.equals(rule)).toList();
    assertThat(breaches)
        .as("breaches of: " + rule)
        .filteredOn(
            breach -> exemptions.stream().noneMatch(one -> one.where.equals(breach.where())))
        .isEmpty();
    assertThat(exemptions)
        .as("exemptions that are needed no more")
        .filteredOn(one -> breaches.stream().noneMatch(breach -> breach.where().equals(one.where)))
        .isEmpty();
    assertThat(exemptions)
        .as("exemptions without a reason")
        .noneMatch(one -> one.because.isBlank());
  }
}
