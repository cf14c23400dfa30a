package io.parley.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.history.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long people waited, and what is told of a refusal that came too early. */
class TimesTest {
  private static final String ROOM = "room";
  private final List<Event> events = new ArrayList<>(List.of(new Event.Began(0, "client", "user")));

  @Test
  void aPauseIsWaitingWithoutAnAnswerToAnybody() {
    posted("a", 100, 150);
    posted("b", 5_000, 5_010); // nobody waited between them
    send("c", 6_000);
    send("d", 6_500);
    acked("d", 6_900);
    acked("c", 7_000);

    assertThat(times().longestPauses()).containsExactlyEntriesOf(Map.of(ROOM, 900L));
  }

  @Test
  void theTimeToAnAnswerCountsFromTheFirstAttempt() {
    for (int i = 1; i < 100; i++) {
      posted("quick " + i, 10_000L * i, 10_001L * i);
    }
    send("slow", 5_000);
    send("slow", 6_000);
    acked("slow", 7_000);

    assertThat(times().acknowledgedWithin(0.5)).isEqualTo(50);
    assertThat(times().acknowledgedWithin(0.99)).isEqualTo(99);
    assertThat(times().acknowledgedWithin(1)).isEqualTo(2_000);
  }

  @Test
  void whatIsNeverAnsweredIsAPauseToTheEnd() {
    send("a", 100);
    events.add(new Event.Refused(900, ROOM, "other", "MUTED"));

    assertThat(times().longestPauses()).containsEntry(ROOM, 800L);
  }

  @Test
  void recoveryCountsPostsThatWereSentAfterTheFault() {
    send("before", 900);
    events.add(new Event.Fault(1_000, "kill -9"));
    acked("before", 1_001);
    posted("after", 1_100, 1_700);

    assertThat(times().recoveries())
        .containsExactly(new Times.Recovery("kill -9", ROOM, Optional.of(700L)));
  }

  @Test
  void aRoomThatStaysSilentHasNotRecovered() {
    events.add(new Event.Fault(1_000, "kill -9"));
    send("after", 1_100);

    assertThat(times().recoveries())
        .containsExactly(new Times.Recovery("kill -9", ROOM, Optional.empty()));
  }

  @Test
  void aRefusalIsFinalUnlessAnEarlierAttemptArrivedAfterTheAuthorHadComeBack() {
    send("late", 1);
    events.add(new Event.Unknown(2, ROOM, "late", "the connection broke"));
    events.add(new Event.Refused(3, ROOM, "late", "NOT_MEMBER"));
    Entry create = entry(1, "create", "owner", "");
    Entry kick = entry(3, "kick", "owner", "user");
    Entry back = entry(4, "join", "user", "user");

    RoomLog early = new RoomLog(ROOM, List.of(create, entry(2, "join", "user", "user"), late(3)));
    RoomLog afterwards =
        new RoomLog(ROOM, List.of(create, entry(2, "join", "user", "user"), kick, back, late(5)));

    assertThat(Checker.check(List.of(new History(events)), List.of(early)))
        .extracting(Violation::kind)
        .containsOnly(Kind.REFUSED_STORED);
    assertThat(Checker.check(List.of(new History(events)), List.of(afterwards))).isEmpty();
  }

  private Entry late(long seq) {
    return new Entry(seq, 1, 0, Entry.MESSAGE, "late", "user", "", "digest");
  }

  private static Entry entry(long seq, String kind, String author, String subject) {
    return new Entry(seq, 0, 0, kind, kind + seq, author, subject, "");
  }

  private Times times() {
    return new Times(List.of(new History(events)));
  }

  private void posted(String cid, long sent, long acknowledged) {
    send(cid, sent);
    acked(cid, acknowledged);
  }

  private void send(String cid, long at) {
    events.add(new Event.Send(at, ROOM, cid, "digest", 1, 1));
  }

  private void acked(String cid, long at) {
    events.add(new Event.Acked(at, ROOM, cid, 1, 1, false));
  }
}
