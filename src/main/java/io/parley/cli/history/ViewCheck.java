package io.parley.cli.history;

import io.parley.cli.history.Violation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each reader got of each room, through all its resumptions. */
final class ViewCheck {
  private ViewCheck() {}

  static void judge(History history, Map<String, RoomLog> logs, Verdict verdict) {
    views(history).forEach((room, view) -> view.judge(Checker.log(logs, room), verdict));
    for (Event.GaveUp deaf : history.all(Event.GaveUp.class)) {
      verdict.broken(
          Kind.UNHEARD,
          deaf.room(),
          Math.max(0, deaf.last()),
          "",
          "%s never heard the end, %d, and was %s when all patience was over",
          history.client(),
          Checker.log(logs, deaf.room()).head(),
          deaf.state());
    }
  }

  /** Whether entries are what the store has. */
  static void compare(History history, List<Entry> entries, RoomLog log, Verdict verdict) {
    for (Entry entry : entries) {
      log.at(entry.seq())
          .ifPresentOrElse(
              stored -> {
                if (!stored.equals(entry)) {
                  String sentence = "came to %s as %s, but is stored as %s";
                  verdict.broken(
                      Kind.UNLIKE, log, entry, sentence, history.client(), entry, stored);
                }
              },
              () ->
                  verdict.broken(
                      Kind.UNSTORED,
                      log,
                      entry,
                      "came to %s, but is not stored",
                      history.client()));
    }
  }

  static void afterKick(History history, Entry entry, RoomLog log, Verdict verdict) {
    verdict.broken(Kind.AFTER_KICK, log, entry, "came to %s, who had gone", history.client());
  }

  private static Map<String, View> views(History history) {
    Map<String, View> views = new LinkedHashMap<>();
    for (Event event : history.events()) {
      if (event instanceof Event.Resume resume) {
        views.computeIfAbsent(resume.room(), room -> new View(history)).resume(resume);
      } else if (event instanceof Event.Ready ready) {
        views.computeIfAbsent(ready.room(), room -> new View(history)).ready(ready);
      } else if (event instanceof Event.Received received) {
        views.computeIfAbsent(received.room(), room -> new View(history)).received(received);
      } else if (event instanceof Event.Ended ended) {
        views.computeIfAbsent(ended.room(), room -> new View(history)).ended();
      }
    }
    return views;
  }

  /** One reader of one room. */
  private static final class View {
    private final History history;
    private final List<Stretch> stretches = new ArrayList<>();
    private final Map<Integer, Hearing> hearings = new LinkedHashMap<>();
    private final List<Event.Ready> resets = new ArrayList<>();
    private boolean ended;

    View(History history) {
      this.history = history;
    }

    void resume(Event.Resume resume) {
      ended = false;
      if (resume.after() == Event.NOW || stretches.isEmpty()) {
        stretches.add(new Stretch(history, resume.after()));
      }
    }

    void ready(Event.Ready ready) {
      hearing(ready.subscription()).ready(ready.head());
      if (ready.reset()) {
        resets.add(ready);
      } else if (!stretches.isEmpty()) {
        current().begin(ready.head());
      }
    }

    void received(Event.Received received) {
      hearing(received.subscription()).add(received.entry());
      if (stretches.isEmpty()) {
        stretches.add(new Stretch(history, Event.NOW));
      }
      current().add(received.entry());
    }

    void ended() {
      ended = true;
    }

    void judge(RoomLog log, Verdict verdict) {
      boolean present = !ended && log.membership().at(history.user(), log.head());
      for (Stretch stretch : stretches) {
        stretch.judge(log, present && stretch == current(), verdict);
        compare(history, stretch.entries(), log, verdict);
      }
      hearings.values().forEach(hearing -> hearing.judge(history, log, verdict));
      for (Event.Ready reset : resets) {
        verdict.broken(
            Kind.RESET,
            log.room(),
            reset.head(),
            "",
            "the cursor that %s had been given was not known",
            history.client());
      }
    }

    private Stretch current() {
      return stretches.get(stretches.size() - 1);
    }

    private Hearing hearing(int subscription) {
      return hearings.computeIfAbsent(subscription, unknown -> new Hearing());
    }
  }
}
