package io.parley;

import io.parley.cli.Parley;

/** The process, once it is certain that this Java can run it; {@code Main} comes before. */
public final class Node {
  private Node() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(Parley.run(arguments, System.getenv(), Deployment::start));
  }
}
