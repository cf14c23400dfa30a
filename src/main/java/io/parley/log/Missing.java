package io.parley.log;

import io.parley.accounts.UserId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What has to be read before those whose turn is next in a log can be decided on. */
final class Missing {
  /** So that those who come first are still remembered when their turn comes. */
  private static final int LOOK_AHEAD = 500;

  private static final int TARGETS_AHEAD = 50;

  private Missing() {}

  /** Whose standings are not at hand. */
  static Set<UserId> standings(OpenLog log) {
    Set<UserId> missing = new LinkedHashSet<>();
    log.seekers().stream()
        .limit(LOOK_AHEAD)
        .map(Seeker::user)
        .filter(user -> log.standing(user).isEmpty())
        .forEach(missing::add);
    untrusted(log)
        .map(Draft::author)
        .filter(user -> log.standing(user).isEmpty())
        .forEach(missing::add);
    return missing;
  }

  /** Of whom it is not at hand when they wrote last, of those who have to wait in between. */
  static List<UserId> times(OpenLog log) {
    return log.slowMode().rules().slow()
        ? untrusted(log)
            .filter(draft -> log.standing(draft.author()).isPresent())
            .filter(log::lacksAuthor)
            .map(Draft::author)
            .distinct()
            .toList()
        : List.of();
  }

  /** Who has to wait for a message. */
  static List<Draft> targets(OpenLog log) {
    return log.waiting().stream()
        .limit(TARGETS_AHEAD)
        .map(Pending::draft)
        .filter(log.targets()::lacking)
        .toList();
  }

  private static Stream<Draft> untrusted(OpenLog log) {
    return log.waiting().stream()
        .limit(LOOK_AHEAD)
        .map(Pending::draft)
        .filter(draft -> Admitting.untrusted(log.id(), draft));
  }
}
