package io.parley.cli;

import io.parley.config.MongoConfig;
import io.parley.stores.mongo.MongoCheckup;
import io.parley.stores.mongo.MongoLink;
import java.util.ArrayList;
import java.util.List;

/** Looks at the MongoDB that keeps the logs. */
final class MongoDoctor {
  private MongoDoctor() {}

  static List<Finding> examine(MongoConfig config) {
    try {
      return findings(config, MongoQuestion.ask(config, MongoLink::checkUp));
    } catch (CommandFailure e) {
      return List.of(Finding.bad(String.valueOf(e.getMessage())));
    }
  }

  static List<Finding> findings(MongoConfig config, MongoCheckup found) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok(MongoQuestion.where(config) + " answers, version " + found.version()));
    findings.add(found.replicaSet().map(set -> member(config, set)).orElseGet(MongoDoctor::single));
    findings.add(
        found.missing().isEmpty()
            ? Finding.ok("the indexes of logs stand")
            : Finding.attention(
                "indexes of logs are missing ("
                    + String.join(", ", found.missing())
                    + "); serve or migrate makes them"));
    return findings;
  }

  private static Finding member(MongoConfig config, String set) {
    return config.replicaSet().equals(set)
        ? Finding.ok("it is the replica set '" + set + "'")
        : Finding.attention(
            "it belongs to the replica set '"
                + set
                + "'; set mongo.replicaSet to that, or nodes do not follow when another member"
                + " becomes primary");
  }

  private static Finding single() {
    return Finding.attention(
        "it is a single server and no replica set: with its disk goes what it acknowledged; start"
            + " it with --replSet and run rs.initiate(), even if it stays the only member");
  }
}
