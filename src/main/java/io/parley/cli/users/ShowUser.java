package io.parley.cli.users;

import io.parley.accounts.SessionsApi.OwnSession;
import io.parley.accounts.StaffApi;
import io.parley.accounts.UserId;
import io.parley.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley user show}: one account and where it is signed in. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Tells what there is to tell of an account, and where it is signed in.")
final class ShowUser implements Callable<Integer> {
  private static final int MOST = 1_000;
  private static final int WIDEST = 40;

  private final Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "Whose account.")
  private String user = "";

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  ShowUser(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    Teller teller = new Teller(spec);
    Desk.at(
        server,
        false,
        teller,
        desk -> {
          show(desk, teller);
          return user;
        });
    return 0;
  }

  private void show(Desk desk, Teller teller) {
    UserId id = desk.find(user);
    StaffApi.Listed account =
        Desk.await(desk.staff().look(new StaffApi.LookUp(Desk.operator(), id)));
    List<OwnSession> sessions = Desk.await(desk.sessions().own(id, Instant.now(), MOST));
    if (json) {
      teller.json(Map.of("account", account, "sessions", sessions));
      return;
    }
    teller.account(account);
    if (!sessions.isEmpty()) {
      teller.tell("");
      teller.table(
          List.of("SESSION", "DEVICE", "ADDRESS", "USED"),
          sessions.stream().map(ShowUser::row).toList());
    }
  }

  private static List<String> row(OwnSession session) {
    String device = session.device();
    return List.of(
        session.id().toString(),
        device.substring(0, Math.min(WIDEST, device.length())),
        session.address().isEmpty() ? "-" : session.address(),
        Json.time(session.usedAt()));
  }
}
