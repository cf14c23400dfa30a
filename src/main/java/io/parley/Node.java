package io.parley;

import io.parley.cli.Parley;
import java.security.Security;

/** The process, once it is certain that this Java can run it; {@code Main} comes before. */
public final class Node {
  private Node() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Nodes and stores keep their names and change their addresses; Java would not look for 30 s.
    Security.setProperty("networkaddress.cache.ttl", "5");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    // A peer that begins handshakes anew, again and again, would cost us more than itself. Java
    // reads
    // this when TLS is first used, for stores or for people.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    System.exit(Parley.run(arguments, System.getenv(), Deployment::start));
  }
}
