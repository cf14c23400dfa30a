package io.parley.cli;

import io.parley.config.Config;
import io.parley.config.EdgeTlsConfig;
import io.parley.config.Hosts;
import io.parley.edge.EdgeTls;
import io.parley.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at what the edges of this node show to those who connect. */
final class EdgeDoctor {
  private static final Duration SOON = Duration.ofDays(14);

  private final Config config;
  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();

  EdgeDoctor(Config config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  List<Finding> examine() {
    List<String> roles = config.node().roles();
    if (roles.contains("http")) {
      edge("http", config.http().host(), config.http().tls());
    }
    if (roles.contains("bridge")) {
      edge("bridge", config.bridge().host(), config.bridge().tls());
    }
    return findings;
  }

  private void edge(String section, String host, EdgeTlsConfig tls) {
    if (tls.present()) {
      certificate(section + ".tls", tls);
    } else if (!Hosts.isLoopback(host) && !config.http().publicUrl().startsWith("https:")) {
      findings.add(
          Finding.attention(
              section
                  + " listens beyond this machine without TLS; name files in "
                  + section
                  + ".tls, or put a proxy with TLS in front and set http.publicUrl to its https"
                  + " address"));
    }
  }

  private void certificate(String section, EdgeTlsConfig tls) {
    try {
      Instant expires = EdgeTls.read(section, tls, clock).orElseThrow().expires();
      findings.add(
          expires.isAfter(clock.instant().plus(SOON))
              ? Finding.ok("the certificate of " + section + " is good until " + expires)
              : Finding.attention(
                  "the certificate of "
                      + section
                      + " ends at "
                      + expires
                      + "; renew it, and the node takes it up by itself"));
    } catch (Failure wrong) {
      findings.add(Finding.bad(String.valueOf(wrong.getMessage())));
    }
  }
}
