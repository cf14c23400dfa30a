package io.parley.accounts;

import io.parley.accounts.ProfilesApi.OwnProfile;
import io.parley.accounts.ProfilesApi.Person;
import io.parley.accounts.ProfilesApi.Sighting;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What profiles need remembered. Each method is one statement; all fail UNAVAILABLE when the store
 * cannot be reached. Accounts that are being deleted are none.
 */
public interface ProfileStore {

  /** One's own profile; empty if there is no such account. */
  Future<Optional<OwnProfile>> own(UserId user);

  /** Changes what is given, and reads the whole; empty if there is no such account. */
  Future<Optional<OwnProfile>> update(UserId user, Change change);

  /**
   * A person, with what of them is for the viewer. About and last seen are for nobody on either
   * side of a block. Last seen is for those whom its owner's policy names, as long as theirs names
   * its owner.
   */
  Future<Optional<Person>> look(UserId viewer, UserId user);

  /**
   * Remembers who was here, unless they were seen less than a minute before that, or are invisible.
   */
  Future<Void> seen(List<Sighting> sightings);

  /** What of a profile changes. */
  record Change(
      Optional<PersonName> name,
      Optional<String> about,
      Optional<Policy> lastSeenFor,
      Optional<Policy> photoFor,
      Optional<Notifications> notifications) {}
}
