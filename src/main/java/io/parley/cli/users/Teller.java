package io.parley.cli.users;

import io.parley.accounts.StaffApi.Listed;
import io.parley.json.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says: results to the one, what it is about to the other stream. */
final class Teller {
  private final CommandSpec spec;

  Teller(CommandSpec spec) {
    this.spec = spec;
  }

  void tell(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** For whoever reads along, not for what reads the result. */
  Consumer<String> progress() {
    return this::aside;
  }

  void aside(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  void json(Object value) {
    tell(new String(Json.bytes(value), StandardCharsets.UTF_8));
  }

  /** Rows below their heading, each column as wide as what is in it. */
  void table(List<String> heading, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(heading);
    all.addAll(rows);
    int[] widths = new int[heading.size()];
    all.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    all.forEach(row -> tell(line(row, widths)));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
    }
    return line.toString().stripTrailing();
  }

  /** An account, for people. */
  void account(Listed account) {
    tell("id         " + account.id());
    tell("name       " + account.name());
    account.username().ifPresent(username -> tell("username   " + username));
    account.email().ifPresent(email -> tell("e-mail     " + email));
    account.phoneNumber().ifPresent(number -> tell("phone      " + number));
    tell("role       " + account.role().word());
    tell("since      " + Json.time(account.createdAt()));
    tell("sessions   " + account.sessions());
    account
        .disabled()
        .ifPresent(
            disabled ->
                tell(
                    "disabled   %s by %s: %s"
                        .formatted(Json.time(disabled.at()), disabled.by(), disabled.reason())));
  }
}
