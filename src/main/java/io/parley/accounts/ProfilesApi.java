package io.parley.accounts;

import io.parley.bus.Contract;
import io.parley.bus.Endpoint;
import io.parley.bus.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people say of themselves, and what of it others are shown: who may see what is decided by
 * the same statement that reads it.
 */
public interface ProfilesApi {

  /** One's own profile, and for whom it is. Fails NOT_FOUND. */
  Endpoint<Mine, OwnProfile> OWN = new Endpoint<>("profiles.own", Mine.class, OwnProfile.class);

  /**
   * Changes what is given and leaves the rest. What was written before keeps the name of then.
   * Fails NOT_FOUND; INVALID or TOO_LARGE naming the field.
   */
  Endpoint<Update, OwnProfile> UPDATE =
      new Endpoint<>("profiles.update", Update.class, OwnProfile.class);

  /** A person as somebody may see them. Fails NOT_FOUND; a deleted account is none. */
  Endpoint<Look, Person> LOOK = new Endpoint<>("profiles.look", Look.class, Person.class);

  /** People were here. A hint, at most once; what is remembered is true to the minute. */
  Topic<Seen> SEEN = new Topic<>("profiles.seen", Seen.class);

  /** Somebody goes by another name from now on. A hint; whoever renews a session learns it, too. */
  Topic<Renamed> RENAMED = new Topic<>("profiles.renamed", Renamed.class);

  /**
   * Somebody shows others than before when they are here, and is shown it of others. A hint:
   * whoever watches people looks at all of them now and then.
   */
  Topic<AudienceChanged> AUDIENCE = new Topic<>("profiles.audience", AudienceChanged.class);

  Contract CONTRACT = Contract.of(ProfilesApi.class);

  record Mine(UserId user) {}

  record Renamed(UserId user, String name) {}

  record AudienceChanged(UserId user) {}

  /**
   * @param lastSeenFor who may know when the person was last here; whoever is not told themselves,
   *     is not shown this person's either
   * @param notifications absent when a node of the version before answers
   */
  record OwnProfile(
      UserId id,
      String name,
      Optional<String> username,
      String about,
      Policy lastSeenFor,
      Policy photoFor,
      Optional<Notifications> notifications) {}

  record Update(
      UserId user,
      Optional<String> name,
      Optional<String> about,
      Optional<Policy> lastSeenFor,
      Optional<Policy> photoFor,
      Optional<Notifications> notifications) {}

  record Look(UserId viewer, UserId user) {}

  /**
   * @param about absent when there is none, or it is not for the viewer
   * @param lastSeen to the minute; absent when it is unknown, or not for the viewer
   * @param contact whether the viewer has added them
   * @param contactName what the viewer calls them
   * @param blocked whether the viewer has blocked them; nobody is told the reverse
   */
  record Person(
      UserId id,
      String name,
      Optional<String> username,
      Optional<String> about,
      Optional<Instant> lastSeen,
      boolean contact,
      Optional<String> contactName,
      boolean blocked) {}

  record Seen(List<Sighting> sightings) {}

  record Sighting(UserId user, Instant at) {}
}
