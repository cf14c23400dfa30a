package io.parley;

/**
 * Where the process begins. Compiled for Java 8, so that a Java too old for the rest can still be told what to do.
 */
public final class Main {
  private static final int OLDEST_JAVA = 17;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String version = System.getProperty("java.specification.version");
    if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST_JAVA) {
      System.err.println(
          "parley: Java " + OLDEST_JAVA + " or newer is needed, and this is Java " + version
              + "; install one and start with its java command");
      System.exit(1);
    }
    Class.forName("io.parley.Node").getMethod("main", String[].class).invoke(null, (Object) arguments);
  }
}
