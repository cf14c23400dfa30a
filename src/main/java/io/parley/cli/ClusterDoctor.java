package io.parley.cli;

import io.parley.cluster.BusTls;
import io.parley.config.ClusterConfig;
import io.parley.failure.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks at how this node would meet others: its certificate, and the names it would look up. */
final class ClusterDoctor {
  private static final Duration SOON = Duration.ofDays(14);

  private final ClusterConfig cluster;
  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();

  ClusterDoctor(ClusterConfig cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  List<Finding> examine() {
    if (!cluster.standalone()) {
      bus();
      name();
    }
    return findings;
  }

  private void bus() {
    if (cluster.tls().present()) {
      certificate();
    } else if (cluster.insecure()) {
      findings.add(
          Finding.attention(
              "the event bus goes without TLS (cluster.insecure); see that nobody but the nodes"
                  + " reaches cluster.port and cluster.busPort"));
    }
  }

  private void certificate() {
    try {
      Instant expires = BusTls.read(cluster.tls(), clock).expires();
      findings.add(
          expires.isAfter(clock.instant().plus(SOON))
              ? Finding.ok("the certificate for the event bus is good until " + expires)
              : Finding.attention(
                  "the certificate for the event bus ends at "
                      + expires
                      + "; renew it and restart the node before"));
    } catch (Failure wrong) {
      findings.add(Finding.bad(String.valueOf(wrong.getMessage())));
    }
  }

  private void name() {
    if (cluster.dns().isEmpty()) {
      return;
    }
    try {
      List<String> addresses =
          Arrays.stream(InetAddress.getAllByName(cluster.dns()))
              .map(InetAddress::getHostAddress)
              .toList();
      findings.add(Finding.ok(cluster.dns() + " stands for " + addresses));
    } catch (UnknownHostException unknown) {
      findings.add(
          Finding.attention(
              cluster.dns()
                  + " stands for no address; unless this is the first node, it stays alone"));
    }
  }
}
