package io.parley.stores.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server that runs as a process of its own below a data directory. */
interface EmbeddedServer {
  /** For people. */
  String name();

  /** Its key in the state, and the name of its log. */
  String key();

  /** Where it works; nobody else's working directory. */
  Path directory();

  /** Where it writes its process id. */
  Path pidFile();

  /** The port to try first. */
  int preferredPort();

  /** Makes what it needs before it can start. */
  void prepare(int port) throws IOException;

  List<String> command(int port);

  /** Whether what listens there is this server, with our secret and our settings. */
  Verdict check(int port);

  /** From the orderly stop to the last resort. */
  List<String> stopSignals();

  /**
   * What was found at a port.
   *
   * @param why for people, when it is unfit
   */
  record Verdict(Kind kind, String why) {
    /** Kinds of verdicts. */
    enum Kind {
      FIT,
      NOT_YET,
      UNFIT
    }

    static final Verdict FIT = new Verdict(Kind.FIT, "");
    static final Verdict NOT_YET = new Verdict(Kind.NOT_YET, "it does not answer");

    static Verdict unfit(String why) {
      return new Verdict(Kind.UNFIT, why);
    }
  }
}
