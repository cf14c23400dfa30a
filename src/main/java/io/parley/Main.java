package io.parley;

import io.parley.cli.Parley;

/** Where the process begins. */
public final class Main {
  private static final int OLDEST_JAVA = 17;

  private Main() {}

  public static void main(String[] arguments) {
    if (Runtime.version().feature() < OLDEST_JAVA) {
      System.err.println("parley: Java " + OLDEST_JAVA + " or newer is needed");
      System.exit(1);
    }
    System.exit(Parley.run(arguments, System.getenv(), Deployment::start));
  }
}
