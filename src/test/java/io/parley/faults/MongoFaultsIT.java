package io.parley.faults;

import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The logs are kept in MongoDB, and the network to it breaks. Each row has a server of its own,
 * since the wire server slows down with every entry it keeps.
 */
@EnabledIfSystemProperty(named = "parley.faults", matches = "all")
class MongoFaultsIT {
  /** The wire server knows no indexes but the unique ones, and reads whole logs instead. */
  private static final int RATE = 20;

  private WireMongo mongo;
  private StoresAway network;
  private FaultCluster cluster;

  @BeforeEach
  void start(@TempDir Path data) {
    mongo = new WireMongo(data);
    network = StoresAway.of("127.0.0.1").logsIn(mongo.config());
    cluster =
        new FaultCluster(
            new Operated(data, network).here(3), List.of(network::close, mongo::close));
  }

  @AfterEach
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theNetworkHangs() throws Exception {
    FaultRun.of(mongo.name("the network hangs for 10 s"), cluster)
        .within(ofSeconds(8))
        .rate(RATE)
        .strike(scene -> StoreFaultsIT.hang(scene, network.mongo()));
  }

  @Test
  void connectionsAreReset() throws Exception {
    FaultRun.of(mongo.name("connections reset, none accepted for 5 s"), cluster)
        .rate(RATE)
        .strike(scene -> StoreFaultsIT.cut(scene, network.mongo()));
  }
}
