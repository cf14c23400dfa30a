package io.parley.accounts;

import io.parley.accounts.AccountStore.Place;
import io.parley.accounts.AccountsApi.Account;
import io.parley.accounts.AccountsApi.DirectoryPage;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.AccountsApi.ProfilesFound;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Looking people up. */
public final class People {
  private static final int PROFILES_MAX = 500;
  private static final int PAGE_MAX = 100;
  private static final int QUERY_MAX = 100;

  private final AccountStore store;

  public People(AccountStore store) {
    this.store = store;
  }

  /** Answers {@link AccountsApi#OWN}. */
  public Future<Account> own(AccountsApi.Own request) {
    return store
        .account(request.user())
        .map(
            known ->
                known.orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such account")));
  }

  /** Answers {@link AccountsApi#PROFILES}. */
  public Future<ProfilesFound> profiles(AccountsApi.Profiles request) {
    if (request.users().size() > PROFILES_MAX) {
      throw Failure.of(Reason.TOO_LARGE, "users is limited to " + PROFILES_MAX)
          .with("field", "users")
          .with("limit", PROFILES_MAX);
    }
    return store.profiles(request.users()).map(ProfilesFound::new);
  }

  /** Answers {@link AccountsApi#DIRECTORY}. */
  public Future<DirectoryPage> directory(AccountsApi.Directory request) {
    String query = request.query().orElse("");
    Names.refuseLongerThan("query", query, QUERY_MAX);
    String part = storable(Names.folded(query).strip());
    Optional<Place> after = request.after().map(Places::read);
    int limit = Math.max(1, Math.min(PAGE_MAX, request.limit()));
    // One more than asked for tells whether there is a next page.
    UserId viewer = request.viewer().orElse(UserId.SYSTEM);
    return store.directory(viewer, part, after, limit + 1).map(found -> page(found, limit));
  }

  private static DirectoryPage page(List<Profile> found, int limit) {
    if (found.size() <= limit) {
      return new DirectoryPage(found, Optional.empty());
    }
    List<Profile> shown = found.subList(0, limit);
    Profile last = shown.get(limit - 1);
    return new DirectoryPage(List.copyOf(shown), Optional.of(Places.write(last.name(), last.id())));
  }

  /**
   * Names hold no such characters, so a search for them finds what a search for nothing real does.
   */
  private static String storable(String text) {
    if (text.codePoints().anyMatch(Names::deceptive)) {
      throw Failure.invalid("query", "must not contain control or invisible characters");
    }
    return text;
  }
}
