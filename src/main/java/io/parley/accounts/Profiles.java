package io.parley.accounts;

import io.parley.accounts.ProfilesApi.OwnProfile;
import io.parley.accounts.ProfilesApi.Person;
import io.parley.bus.Bus;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.text.Normalizer;
import java.util.Optional;

/** What people may say of themselves. */
public final class Profiles {
  private static final int ABOUT_MAX = 500;

  private final ProfileStore store;
  private final Bus bus;

  public Profiles(ProfileStore store, Bus bus) {
    this.store = store;
    this.bus = bus;
  }

  /** Answers {@link ProfilesApi#OWN}. */
  public Future<OwnProfile> own(ProfilesApi.Mine request) {
    return store.own(request.user()).map(Profiles::orNotFound);
  }

  /** Answers {@link ProfilesApi#UPDATE}. */
  public Future<OwnProfile> update(ProfilesApi.Update request) {
    ProfileStore.Change change =
        new ProfileStore.Change(
            request.name().map(name -> PersonName.parse("name", name)),
            request.about().map(Profiles::about),
            request.lastSeenFor(),
            request.photoFor(),
            request.notifications());
    return store
        .update(request.user(), change)
        .map(Profiles::orNotFound)
        .onSuccess(own -> tell(change, own));
  }

  private void tell(ProfileStore.Change change, OwnProfile own) {
    if (change.name().isPresent()) {
      bus.announce(ProfilesApi.RENAMED, new ProfilesApi.Renamed(own.id(), own.name()));
    }
    if (change.lastSeenFor().isPresent()) {
      bus.announce(ProfilesApi.AUDIENCE, new ProfilesApi.AudienceChanged(own.id()));
    }
  }

  /** Answers {@link ProfilesApi#LOOK}. */
  public Future<Person> look(ProfilesApi.Look request) {
    return store.look(request.viewer(), request.user()).map(Profiles::orNotFound);
  }

  private static <T> T orNotFound(Optional<T> found) {
    return found.orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "there is no such user"));
  }

  /** Lines are welcome; what nobody sees, or turns the direction of text, is not. */
  private static String about(String typed) {
    String text = Normalizer.normalize(typed.replace("\r\n", "\n"), Normalizer.Form.NFC).strip();
    Names.refuseLongerThan("about", text, ABOUT_MAX);
    if (text.codePoints().anyMatch(Profiles::misleading)) {
      throw Failure.invalid("about", "must not contain control or direction characters");
    }
    return text;
  }

  private static boolean misleading(int point) {
    boolean control = Character.getType(point) == Character.CONTROL && point != '\n';
    boolean turning = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return control || turning;
  }
}
