package io.parley.cli.verify;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What clients suffer all the time: they lose connections, and are removed from rooms. */
final class Mischief {
  private final Stage stage;
  private final VerifyPlan plan;
  private final List<Talker> talkers;
  private final List<String> rooms;
  private final Map<Talker, Long> cutAt = new HashMap<>();
  private long kickAt;

  Mischief(Stage stage, VerifyPlan plan, List<Talker> talkers, List<String> rooms) {
    this.stage = stage;
    this.plan = plan;
    this.talkers = talkers;
    this.rooms = rooms;
    kickAt = stage.micros() + micros(plan.kickEvery());
    talkers.forEach(this::cutLater);
  }

  /** Does what is due. */
  void tick() {
    long now = stage.micros();
    cut(now);
    if (!plan.kickEvery().isZero() && now >= kickAt) {
      kickAt = now + micros(plan.kickEvery());
      kick();
    }
  }

  private void cut(long now) {
    if (!plan.cutEvery().isZero()) {
      for (Talker talker : talkers) {
        if (cutAt.getOrDefault(talker, Long.MAX_VALUE) <= now) {
          talker.cut();
          cutLater(talker);
        }
      }
    }
  }

  private void cutLater(Talker talker) {
    int mean = (int) Math.max(1, plan.cutEvery().toMillis());
    long after = mean / 2L + stage.below(mean);
    cutAt.put(talker, stage.micros() + TimeUnit.MILLISECONDS.toMicros(after));
  }

  private void kick() {
    int room = stage.below(rooms.size());
    Talker owner = talkers.get(room % talkers.size());
    List<Talker> others =
        talkers.stream().filter(one -> one != owner && one.isIn(rooms.get(room))).toList();
    if (!others.isEmpty()) {
      owner.remove(stage.any(others), rooms.get(room));
    }
  }

  private static long micros(Duration time) {
    return TimeUnit.MILLISECONDS.toMicros(time.toMillis());
  }
}
