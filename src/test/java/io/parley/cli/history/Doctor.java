package io.parley.cli.history;

import io.parley.cli.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Breaks one promise in a run that keeps them all, and says what has to be found. */
final class Doctor {
  private static final String ROOM = "blue";

  private final GeneratedRun run;
  private final Random random;
  private final List<Entry> log;

  Doctor(GeneratedRun run, Random random) {
    this.run = run;
    this.random = random;
    this.log = run.logs.get(ROOM);
  }

  /**
   * What the checker has to say.
   *
   * @param seq the place it has to name, zero for any
   */
  record Finding(Kind kind, long seq) {}

  Finding commit(Kind kind) {
    return switch (kind) {
      case LOST -> loseAnAcknowledgedEntry();
      case MOVED -> swapTwoStoredEntries();
      case DUPLICATE -> storeAnEntryTwice();
      case ALTERED -> storeAnotherText();
      case GHOST -> storeWhatNobodySent();
      case REFUSED_STORED -> storeWhatWasRefused();
      case GAP -> leaveAHole();
      case MISCOUNTED -> miscount();
      case BACKDATED -> turnTheClockBack();
      case INVERTED -> placeAnEntryTooEarly();
      case OVERTAKEN -> overtake();
      case MISSED -> dropADelivery();
      case REPEATED -> deliverTwice();
      case SWAPPED -> deliverInTheWrongOrder();
      case UNSTORED -> deliverWhatIsNotStored();
      case UNLIKE -> deliverSomethingElse();
      case RESET -> forgetACursor();
      case AFTER_KICK -> deliverAfterAKick();
      case STALE -> showAnOldPage();
      case UNANSWERED -> neverAnswer();
      case UNHEARD -> neverLetIn();
    };
  }

  private Finding loseAnAcknowledgedEntry() {
    Entry lost = log.remove(place(Entry::isMessage));
    closeTheGap();
    return new Finding(Kind.LOST, lost.seq());
  }

  private Finding swapTwoStoredEntries() {
    int place = place(Entry::isMessage);
    int other = place(entry -> entry.isMessage() && entry.seq() != place + 1);
    Collections.swap(log, place, other);
    closeTheGap();
    return new Finding(Kind.MOVED, place + 1);
  }

  private Finding storeAnEntryTwice() {
    Entry twice = log.get(place(Entry::isMessage)).at(log.size() + 1);
    log.add(twice);
    return new Finding(Kind.DUPLICATE, twice.seq());
  }

  private Finding storeAnotherText() {
    int place = place(Entry::isMessage);
    Entry right = log.get(place);
    log.set(place, message(right.seq(), right.n(), right.cid(), right.author(), "other"));
    return new Finding(Kind.ALTERED, right.seq());
  }

  private Finding storeWhatNobodySent() {
    long seq = log.size() + 1L;
    log.add(message(seq, newest().n() + 1, "nobodys", GeneratedRun.OWNER, "text"));
    return new Finding(Kind.GHOST, seq);
  }

  private Finding storeWhatWasRefused() {
    long seq = log.size() + 1L;
    String text = GeneratedRun.digest("refused");
    List<Event> history = run.histories.get(GeneratedRun.OWNER);
    long at = history.get(history.size() - 1).at();
    history.add(new Event.Send(at, ROOM, "refused", text, -1, 1));
    history.add(new Event.Refused(at, ROOM, "refused", "MUTED"));
    log.add(message(seq, newest().n() + 1, "refused", GeneratedRun.OWNER, text));
    return new Finding(Kind.REFUSED_STORED, seq);
  }

  private Finding leaveAHole() {
    int place = place(entry -> entry.seq() > 1);
    for (int i = place; i < log.size(); i++) {
      log.set(i, log.get(i).at(i + 2));
    }
    return new Finding(Kind.GAP, place + 2);
  }

  private Finding miscount() {
    int place = place(Entry::isMessage);
    Entry right = log.get(place);
    log.set(
        place,
        new Entry(
            right.seq(),
            right.n() + 1,
            right.at(),
            right.kind(),
            right.cid(),
            right.author(),
            "",
            right.digest()));
    return new Finding(Kind.MISCOUNTED, right.seq());
  }

  private Finding turnTheClockBack() {
    int place = place(entry -> entry.seq() > 1 && entry.isMessage());
    Entry right = log.get(place);
    log.set(
        place,
        new Entry(
            right.seq(),
            right.n(),
            log.get(place - 1).at() - 1,
            right.kind(),
            right.cid(),
            right.author(),
            "",
            right.digest()));
    return new Finding(Kind.BACKDATED, right.seq());
  }

  /** Its sender says that it was sent only after the whole run. */
  private Finding placeAnEntryTooEarly() {
    Entry early = log.get(place(entry -> entry.isMessage() && entry.seq() < log.size()));
    List<Event> history = run.histories.get(early.author());
    history.replaceAll(
        event ->
            event instanceof Event.Send send && send.cid().equals(early.cid())
                ? new Event.Send(
                    Long.MAX_VALUE,
                    send.room(),
                    send.cid(),
                    send.digest(),
                    send.connection(),
                    send.attempt())
                : event);
    return new Finding(Kind.INVERTED, early.seq());
  }

  /** The sender says that the later of two posts over one connection was sent first. */
  private Finding overtake() {
    List<Event> history = run.histories.get(GeneratedRun.OWNER);
    long at = run.histories.get(GeneratedRun.OWNER).get(0).at();
    String text = GeneratedRun.digest("late");
    log.add(message(log.size() + 1, newest().n() + 1, "late", GeneratedRun.OWNER, text));
    log.add(message(log.size() + 1, newest().n() + 1, "early", GeneratedRun.OWNER, text));
    history.add(1, new Event.Send(at, ROOM, "early", text, -1, 1));
    history.add(2, new Event.Send(at, ROOM, "late", text, -1, 1));
    return new Finding(Kind.OVERTAKEN, log.size() - 1);
  }

  private Finding dropADelivery() {
    List<Event> history = anyHistory();
    Event.Received missed = (Event.Received) history.remove(received(history));
    return new Finding(Kind.MISSED, missed.entry().seq());
  }

  private Finding deliverTwice() {
    List<Event> history = anyHistory();
    int place = received(history);
    history.add(place, history.get(place));
    return new Finding(Kind.REPEATED, ((Event.Received) history.get(place)).entry().seq());
  }

  private Finding deliverInTheWrongOrder() {
    List<Event> history = anyHistory();
    List<Integer> places = places(history, Doctor::inRoom);
    int pair =
        any(
            IntStream.range(0, places.size() - 1)
                .filter(i -> follows(history.get(places.get(i)), history.get(places.get(i + 1))))
                .boxed()
                .toList());
    Collections.swap(history, places.get(pair), places.get(pair + 1));
    return new Finding(
        Kind.SWAPPED, ((Event.Received) history.get(places.get(pair + 1))).entry().seq());
  }

  private Finding deliverWhatIsNotStored() {
    List<Event> history = anyHistory();
    Event.Received last = (Event.Received) history.get(received(history));
    long seq = log.size() + 1L;
    Entry entry = message(seq, newest().n() + 1, "shown", GeneratedRun.OWNER, "text");
    history.add(new Event.Received(last.at(), ROOM, last.subscription(), entry));
    return new Finding(Kind.UNSTORED, seq);
  }

  private Finding deliverSomethingElse() {
    List<Event> history = anyHistory();
    int place = received(history);
    Event.Received right = (Event.Received) history.get(place);
    Entry other =
        message(right.entry().seq(), right.entry().n(), right.entry().cid(), "somebody", "text");
    history.set(place, new Event.Received(right.at(), ROOM, right.subscription(), other));
    return new Finding(Kind.UNLIKE, other.seq());
  }

  private Finding forgetACursor() {
    List<Event> history = anyHistory();
    int place =
        any(
            places(
                history, event -> event instanceof Event.Ready ready && ready.room().equals(ROOM)));
    Event.Ready right = (Event.Ready) history.get(place);
    history.set(
        place, new Event.Ready(right.at(), right.room(), right.subscription(), right.head(), true));
    return new Finding(Kind.RESET, right.head());
  }

  /** Somebody is removed in the end, and gets one entry more. */
  private Finding deliverAfterAKick() {
    String user = any(new ArrayList<>(run.guests()));
    List<Event> history = run.histories.get(user);
    Event.Ready last =
        history.stream()
            .filter(event -> event instanceof Event.Ready ready && ready.room().equals(ROOM))
            .map(Event.Ready.class::cast)
            .reduce((one, other) -> other)
            .orElseThrow();
    long n = newest().n();
    long at = newest().at();
    log.add(new Entry(log.size() + 1, n, at, "kick", "last", GeneratedRun.OWNER, user, ""));
    log.add(new Entry(log.size() + 1, n, at, "join", "more", "guest", "guest", ""));
    for (Entry entry : log.subList(log.size() - 2, log.size())) {
      history.add(new Event.Received(last.at(), ROOM, last.subscription(), entry));
    }
    return new Finding(Kind.AFTER_KICK, log.size());
  }

  private Finding showAnOldPage() {
    long seq = newest().seq();
    run.histories
        .get(GeneratedRun.OWNER)
        .add(new Event.Shown(Long.MAX_VALUE, Long.MAX_VALUE, ROOM, seq - 1, List.of()));
    return new Finding(Kind.STALE, 0);
  }

  private Finding neverAnswer() {
    List<Event> history = run.histories.get(GeneratedRun.OWNER);
    history.add(new Event.Send(Long.MAX_VALUE, ROOM, "unanswered", "text", -1, 1));
    history.add(new Event.Unknown(Long.MAX_VALUE, ROOM, "unanswered", "TIMEOUT"));
    return new Finding(Kind.UNANSWERED, 0);
  }

  private Finding neverLetIn() {
    List<Event> history = anyHistory();
    long last = newest().seq();
    history.add(new Event.GaveUp(Long.MAX_VALUE, ROOM, last, "asking"));
    return new Finding(Kind.UNHEARD, last);
  }

  /** Numbers the log anew, as a server would that had never had it otherwise. */
  private void closeTheGap() {
    long n = 0;
    for (int i = 0; i < log.size(); i++) {
      Entry entry = log.get(i);
      n += entry.isMessage() ? 1 : 0;
      log.set(
          i,
          new Entry(
              i + 1,
              n,
              entry.at(),
              entry.kind(),
              entry.cid(),
              entry.author(),
              entry.subject(),
              entry.digest()));
    }
  }

  private Entry newest() {
    return log.get(log.size() - 1);
  }

  private static Entry message(long seq, long n, String cid, String author, String digest) {
    return new Entry(seq, n, Long.MAX_VALUE, Entry.MESSAGE, cid, author, "", digest);
  }

  private int place(Predicate<Entry> wanted) {
    return any(
        IntStream.range(0, log.size()).filter(i -> wanted.test(log.get(i))).boxed().toList());
  }

  private List<Event> anyHistory() {
    return run.histories.get(any(new ArrayList<>(run.guests())));
  }

  private int received(List<Event> history) {
    return any(places(history, Doctor::inRoom));
  }

  private static boolean inRoom(Event event) {
    return event instanceof Event.Received received && received.room().equals(ROOM);
  }

  private static boolean follows(Event one, Event other) {
    return ((Event.Received) one).entry().seq() + 1 == ((Event.Received) other).entry().seq();
  }

  private static List<Integer> places(List<Event> history, Predicate<Event> wanted) {
    return IntStream.range(0, history.size())
        .filter(i -> wanted.test(history.get(i)))
        .boxed()
        .toList();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
