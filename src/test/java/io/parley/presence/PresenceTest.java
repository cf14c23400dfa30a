package io.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.accounts.UserId;
import io.parley.failure.Failure;
import io.parley.presence.ChoiceStore.View;
import io.parley.presence.PresenceApi.Seen;
import io.parley.presence.PresenceStore.Held;
import io.parley.presence.PresenceStore.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is shown how, at a given time. */
class PresenceTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Instant TIME = Instant.parse("2026-11-21T02:30:00Z");
  private static final Instant EARLIER = TIME.minusSeconds(600);
  private static final long NOW = 1_000_000;
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final UserId BOB = new UserId(new UUID(0, 2));
  private static final Status LUNCH = new Status("lunch", Optional.of("🍜"), Optional.empty());

  private static Held lease(String node, boolean idle, boolean gone, long left) {
    return new Held(node, idle, gone, NOW + left);
  }

  private static State state(Map<String, Long> left, Held... leases) {
    return presence(left, leases).devices(List.of(leases));
  }

  private static Presence presence(Map<String, Long> left, Held... leases) {
    Known known = new Known(NOW, 1, left, Map.of(BOB, List.of(leases)));
    return new Presence(known, Set.of("here", "there"), GRACE, TIME);
  }

  private static View view(UserId viewer, boolean open, Choice choice) {
    return new View(viewer, BOB, open, choice, Optional.of(LUNCH), Optional.of(EARLIER));
  }

  @Test
  void whoHasADeviceInUseIsOnlineAndWhoHasIdleOnesIsAway() {
    Held active = lease("here", false, false, 1);
    Held idle = lease("there", true, false, 1);

    assertThat(state(Map.of(), active, idle)).isEqualTo(State.ONLINE);
    assertThat(state(Map.of(), idle, idle)).isEqualTo(State.AWAY);
    assertThat(state(Map.of())).isEqualTo(State.OFFLINE);
  }

  @Test
  void aLeaseEndsInItsTime() {
    assertThat(state(Map.of(), lease("here", false, false, 0))).isEqualTo(State.OFFLINE);
    assertThat(state(Map.of(), lease("here", false, true, 0))).isEqualTo(State.OFFLINE);
  }

  @Test
  void whoHasGoneStaysAsTheyWereForAWhile() {
    assertThat(state(Map.of(), lease("here", false, true, 1))).isEqualTo(State.ONLINE);
    assertThat(state(Map.of(), lease("here", true, true, 1))).isEqualTo(State.AWAY);
  }

  @Test
  void aDeviceThatHasGoneDoesNotCountBesideOneThatIsHere() {
    Held gone = lease("here", false, true, 1);
    Held idle = lease("there", true, false, 1);

    assertThat(state(Map.of(), gone, idle)).isEqualTo(State.AWAY);
  }

  @Test
  void thePeopleOfALostNodeHaveTheGraceFromWhenItWasMissed() {
    Held lost = lease("lost", false, false, 60_000);
    long grace = GRACE.toMillis();

    assertThat(state(Map.of(), lost)).isEqualTo(State.ONLINE);
    assertThat(state(Map.of("lost", NOW - grace + 1), lost)).isEqualTo(State.ONLINE);
    assertThat(state(Map.of("lost", NOW - grace), lost)).isEqualTo(State.OFFLINE);
  }

  @Test
  void aNodeThatIsHereHasNotLeftWhateverWasSaidOfIt() {
    Held here = lease("here", false, false, 1);

    assertThat(state(Map.of("here", 1L), here)).isEqualTo(State.ONLINE);
  }

  @Test
  void nothingIsKnownUntilNodesHaveHadTimeToTell() {
    long gathering = Presence.GATHERING.toMillis();

    assertThat(Presence.gathered(new Known(NOW, 0, Map.of(), Map.of()))).isFalse();
    assertThat(Presence.gathered(new Known(NOW, NOW - gathering + 1, Map.of(), Map.of())))
        .isFalse();
    assertThat(Presence.gathered(new Known(NOW, NOW - gathering, Map.of(), Map.of()))).isTrue();
  }

  @Test
  void doNotDisturbIsShownWhileSomebodyIsHere() {
    Held idle = lease("here", true, false, 1);

    assertThat(presence(Map.of(), idle).seen(view(ANN, true, Choice.DND)).state())
        .isEqualTo(State.DND);
    assertThat(presence(Map.of()).seen(view(ANN, true, Choice.DND)).state())
        .isEqualTo(State.OFFLINE);
  }

  @Test
  void invisibleIsToldAsOfflineIs() {
    Seen invisible =
        presence(Map.of(), lease("here", false, false, 1)).seen(view(ANN, true, Choice.INVISIBLE));
    Seen offline = presence(Map.of()).seen(view(ANN, true, Choice.ONLINE));

    assertThat(invisible).isEqualTo(offline);
    assertThat(offline.lastSeen()).contains(EARLIER);
  }

  @Test
  void oneselfIsToldWhatOneChose() {
    Presence here = presence(Map.of(), lease("here", false, false, 1));

    assertThat(here.seen(view(BOB, true, Choice.INVISIBLE)).state()).isEqualTo(State.INVISIBLE);
    assertThat(here.seen(view(BOB, true, Choice.ONLINE)).state()).isEqualTo(State.ONLINE);
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void whoMayNotKnowIsToldOfflineWithoutATime(Choice choice) {
    Seen shut = presence(Map.of(), lease("here", false, false, 1)).seen(view(ANN, false, choice));

    assertThat(shut).isEqualTo(new Seen(BOB, State.OFFLINE, Optional.empty(), Optional.of(LUNCH)));
  }

  @Test
  void whenSomebodyWasLastHereIsToldOfNobodyWhoIs() {
    assertThat(
            presence(Map.of(), lease("here", false, false, 1))
                .seen(view(ANN, true, Choice.ONLINE))
                .lastSeen())
        .isEmpty();
  }

  @Test
  void aStatusEndsInItsTime() {
    assertThat(until(TIME.plusMillis(1)).stands(TIME)).isTrue();
    assertThat(until(TIME).stands(TIME)).isFalse();
    assertThat(Status.NONE.stands(TIME)).isFalse();
  }

  private static Status until(Instant end) {
    return new Status("busy", Optional.empty(), Optional.of(end));
  }

  @Test
  void aStatusIsOneShortLineAndOneEmojiForAYearAtMost() {
    assertThat(
            new Status("  " + "ä".repeat(100) + " ", Optional.empty(), Optional.empty())
                .checked(TIME)
                .text())
        .hasSize(100);
    assertThat(new Status(" ", Optional.empty(), Optional.of(TIME.plusSeconds(1))).checked(TIME))
        .isEqualTo(Status.NONE);
    assertRefused(new Status("x".repeat(101), Optional.empty(), Optional.empty()), "status.text");
    assertRefused(new Status("a\nb", Optional.empty(), Optional.empty()), "status.text");
    assertRefused(new Status("a\u202Eb", Optional.empty(), Optional.empty()), "status.text");
    assertRefused(new Status("", Optional.of("ab"), Optional.empty()), "status.emoji");
    assertRefused(until(TIME), "status.until");
    assertRefused(until(TIME.plus(Duration.ofDays(367))), "status.until");
  }

  private static void assertRefused(Status status, String field) {
    assertThatThrownBy(() -> status.checked(TIME))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(field);
  }
}
