package io.parley.rooms;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.AccountsApi.Profile;
import io.parley.accounts.UserId;
import io.parley.bus.Bus;
import io.parley.contacts.ContactsApi;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.rooms.RoomsApi.Caller;
import io.vertx.core.Future;
import java.util.List;

/** Those whom somebody has to do with, or wants to. */
final class Others {
  private final Bus bus;

  Others(Bus bus) {
    this.bus = bus;
  }

  /** Who somebody is. Fails NOT_FOUND; a deleted account is nobody. */
  Future<Profile> profile(UserId user) {
    return bus.ask(AccountsApi.PROFILES, new AccountsApi.Profiles(List.of(user)))
        .map(
            found ->
                found.users().stream()
                    .findFirst()
                    .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such person")));
  }

  /**
   * The same of somebody who is to be brought together with the caller. Fails FORBIDDEN as well,
   * when one of the two has blocked the other; it does not say which.
   */
  Future<Profile> reached(Caller caller, UserId user) {
    return profile(user)
        .compose(
            known ->
                bus.ask(ContactsApi.BETWEEN, new ContactsApi.Between(caller.user(), user))
                    .map(found -> reachable(known, found)));
  }

  private static Profile reachable(Profile known, ContactsApi.Found between) {
    if (between.blocked()) {
      throw Failure.of(Reason.FORBIDDEN, "you cannot reach this person");
    }
    return known;
  }
}
