package io.parley.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The server that sends mails.
 *
 * @param host empty: no mails are sent, and addresses are not verified
 * @param tls {@code starttls}: encrypted after the first words, {@code tls}: from the start
 */
public record MailConfig(
    String host,
    @Range(min = 1, max = 65535) int port,
    String user,
    Secret password,
    String from,
    @OneOf({"none", "starttls", "tls"}) String tls) {

  /** Whether mails are sent at all. */
  public boolean present() {
    return !host.isEmpty();
  }

  /** What must hold between these values and where links lead. */
  List<ConfigProblem> problems(HttpConfig http) {
    List<ConfigProblem> problems = new ArrayList<>();
    if (!present()) {
      return problems;
    }
    if (!host.matches("\\S+")) {
      problems.add(new ConfigProblem("mail.host", "expects the name or address of a machine"));
    }
    if (!from.matches("([^<>\\p{Cntrl}]+<[^\\s<>@]+@[^\\s<>@]+>)|([^\\s<>@]+@[^\\s<>@]+)")) {
      problems.add(new ConfigProblem("mail.from", "expects an address such as chat@example.org"));
    }
    if (http.publicUrl().isEmpty()) {
      problems.add(
          new ConfigProblem(
              "http.publicUrl",
              "must be set when mails are sent, since the links in them lead there"));
    }
    if (!user.isEmpty() && tls.equals("none") && !Hosts.isLoopback(host)) {
      problems.add(
          new ConfigProblem(
              "mail.tls", "must not be none where a password is sent to another machine"));
    }
    return problems;
  }
}
