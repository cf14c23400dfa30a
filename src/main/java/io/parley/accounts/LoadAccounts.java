package io.parley.accounts;

import io.parley.accounts.AccountStore.NewAccount;
import io.parley.accounts.AccountsApi.SignedIn;
import io.parley.accounts.SessionStore.NewSession;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Many people at once, for load tests: signed in, and without a password, so that nobody can sign
 * in as one of them and nothing has to be hashed.
 *
 * <p>They are where somebody is whose welcome was cut short when they signed up: in no default room
 * until they first list their rooms. Thousands of joins to one room would take longer than making
 * them, and change what is measured.
 */
public final class LoadAccounts {
  private static final int AT_ONCE = 500;

  private final AccountStore store;
  private final Sessions sessions;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /**
   * @param ids makes UUIDv7s
   */
  public LoadAccounts(AccountStore store, Sessions sessions, Clock clock, Supplier<UUID> ids) {
    this.store = store;
    this.sessions = sessions;
    this.clock = clock;
    this.ids = ids;
  }

  /** Whether the store answers. Fails UNAVAILABLE. */
  public Future<Void> reach() {
    return store.profiles(List.of()).mapEmpty();
  }

  /**
   * Makes accounts named {@code prefix0, prefix1, …}. Fails ALREADY_EXISTS when one of them is
   * taken; those of the batches before stay.
   */
  public Future<List<SignedIn>> make(String prefix, int count) {
    return make(prefix, count, new ArrayList<>());
  }

  private Future<List<SignedIn>> make(String prefix, int count, List<SignedIn> made) {
    if (made.size() >= count) {
      return Future.succeededFuture(made);
    }
    List<NewAccount> accounts = new ArrayList<>();
    List<Sessions.Opening> openings = new ArrayList<>();
    int end = Math.min(count, made.size() + AT_ONCE);
    for (int number = made.size(); number < end; number++) {
      NewAccount account = account(prefix + number);
      accounts.add(account);
      openings.add(sessions.opening(account.id(), "load", Optional.empty()));
    }
    List<NewSession> begun = openings.stream().map(Sessions.Opening::session).toList();
    return store
        .registerAll(accounts, begun)
        .onSuccess(stored -> made.addAll(signedIn(accounts, openings)))
        .compose(stored -> make(prefix, count, made));
  }

  private List<SignedIn> signedIn(List<NewAccount> accounts, List<Sessions.Opening> openings) {
    List<SignedIn> batch = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      batch.add(sessions.begun(accounts.get(i).account(), openings.get(i)));
    }
    return batch;
  }

  private NewAccount account(String name) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new NewAccount(new UserId(ids.get()), name, List.of(Identifier.username(name)), now);
  }
}
