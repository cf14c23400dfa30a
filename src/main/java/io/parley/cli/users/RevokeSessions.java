package io.parley.cli.users;

import io.parley.accounts.SessionId;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.StaffApi;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley user revoke}: somebody is signed out. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description =
        "Ends all sessions of somebody, or one; its sockets close, and its tokens are refused.")
final class RevokeSessions implements Callable<Integer> {
  private final Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "USER", description = "Whose account.")
  private String user = "";

  @Option(names = "--session", paramLabel = "ID", description = "This one only; see show.")
  private @Nullable UUID session;

  RevokeSessions(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() {
    Teller teller = new Teller(spec);
    SessionsApi.AllEnded ended =
        Desk.at(server, false, teller, desk -> Desk.await(desk.staff().endSessions(asked(desk))));
    teller.tell(ended.count() + " sessions have ended.");
    return 0;
  }

  private StaffApi.EndSessions asked(Desk desk) {
    return new StaffApi.EndSessions(
        Desk.operator(),
        desk.find(user),
        Optional.ofNullable(session).map(SessionId::new),
        Optional.empty());
  }
}
