package io.parley.cli.users;

import io.parley.accounts.StaffApi;
import io.parley.accounts.UserId;
import io.parley.audit.AuditApi;
import io.parley.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley user audit}: what was done. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Tells what was done, the newest first.")
final class ReadAudit implements Callable<Integer> {
  private static final Set<String> WORDS = Set.of("system", "stranger");

  private final Server server;
  @Spec private CommandSpec spec;

  @Option(names = "--actor", paramLabel = "WHO", description = "Who did it: USER, or a word.")
  private @Nullable String actor;

  @Option(names = "--subject", paramLabel = "USER", description = "Whom it happened to.")
  private @Nullable String subject;

  @Option(names = "--act", paramLabel = "WORD", description = "Such as role.changed.")
  private @Nullable String act;

  @Option(names = "--from", paramLabel = "TIME", description = "Since then: 2026-11-21T02:30:00Z.")
  private @Nullable Instant from;

  @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
  private @Nullable Instant until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many at most, up to 200 (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  private int limit = 50;

  @Option(names = "--after", paramLabel = "PLACE", description = "Where the page before ended.")
  private @Nullable String after;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  ReadAudit(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    Teller teller = new Teller(spec);
    AuditApi.Page page =
        Desk.at(
            server,
            false,
            teller,
            desk -> {
              StaffApi.ReadAudit asked = new StaffApi.ReadAudit(Desk.operator(), query(desk));
              return Desk.await(desk.staff().readAudit(asked));
            });
    if (json) {
      teller.json(page);
    } else {
      teller.table(
          List.of("AT", "ACTOR", "ACT", "SUBJECT", "ADDRESS", "DETAILS"),
          page.entries().stream().map(ReadAudit::row).toList());
      page.next().ifPresent(next -> teller.aside("There are more: --after " + next));
    }
    return 0;
  }

  private AuditApi.Query query(Desk desk) {
    return new AuditApi.Query(
        Optional.ofNullable(actor).map(who -> actor(desk, who)),
        Optional.ofNullable(subject).map(who -> account(desk, who)),
        Optional.ofNullable(act),
        Optional.ofNullable(from),
        Optional.ofNullable(until),
        Optional.ofNullable(after),
        limit);
  }

  private static String actor(Desk desk, String who) {
    boolean word = WORDS.contains(who) || who.startsWith("cli:");
    return word ? who : account(desk, who).toString();
  }

  /** An id is taken as it is: there are entries of accounts that are no more. */
  private static UUID account(Desk desk, String who) {
    try {
      return UserId.fromString(who).value();
    } catch (IllegalArgumentException known) {
      return desk.find(who).value();
    }
  }

  private static List<String> row(AuditApi.Noted entry) {
    String details =
        new TreeMap<>(entry.details())
            .entrySet().stream()
                .map(detail -> detail.getKey() + "=" + detail.getValue())
                .collect(Collectors.joining(" "));
    String reason = entry.reason().map(why -> "“" + why + "”").orElse("");
    return List.of(
        Json.time(entry.at()),
        entry.actor(),
        entry.act(),
        entry.subject().map(UUID::toString).orElse("-"),
        entry.address().orElse("-"),
        (details + " " + reason).strip());
  }
}
