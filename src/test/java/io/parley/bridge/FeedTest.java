package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Bytes;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Whatever comes in, in whatever order and how often: what goes out is the log. */
class FeedTest {
  private static final LogId LOG = LogId.room(UUID.randomUUID());

  @RepeatedTest(50)
  void lossDisorderAndRepetitionDoNotShow() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int count = 1 + random.nextInt(60);
    int head = random.nextInt(5);
    List<LogApi.Encoded> deliveries = new ArrayList<>();
    for (long seq = 1; seq <= count; seq++) {
      for (int copies = random.nextInt(4); copies > 0; copies--) {
        deliveries.add(entry(seq, 10));
      }
    }
    Collections.shuffle(deliveries, random);
    Feed feed = new Feed(LOG);
    List<LogApi.Encoded> out = new ArrayList<>();
    int started = random.nextInt(deliveries.size() + 1);

    for (int i = 0; i < deliveries.size(); i++) {
      if (i == started) {
        out.addAll(feed.start(head));
      }
      out.addAll(feed.offer(deliveries.get(i)));
      if (feed.started() && feed.broken() && random.nextInt(4) == 0) {
        out.addAll(repair(feed, count, random));
      }
    }
    if (!feed.started()) {
      out.addAll(feed.start(head));
    }
    out.addAll(repair(feed, count, random));

    assertThat(out)
        .as("seed " + seed)
        .extracting(LogApi.Encoded::seq)
        .isEqualTo(LongStream.rangeClosed(head + 1, count).boxed().toList());
    assertThat(feed.broken()).isFalse();
  }

  @Test
  void whatIsTooMuchToHoldIsReadAgain() {
    Feed feed = new Feed(LOG);
    feed.start(0);
    List<LogApi.Encoded> all = new ArrayList<>();
    for (long seq = 1; seq <= 40; seq++) {
      all.add(entry(seq, 60_000));
    }

    for (LogApi.Encoded entry : all.subList(1, 40)) {
      assertThat(feed.offer(entry)).isEmpty();
    }
    assertThat(feed.broken()).isTrue();
    feed.reread();

    assertThat(feed.absorb(all, seq -> {})).isEqualTo(all);
    assertThat(feed.broken()).isFalse();
  }

  @Test
  void nothingThatTheStoreHasIsVoidWhenMoreThanFitsIsHeld() {
    Feed feed = new Feed(LOG);
    feed.start(0);
    List<LogApi.Encoded> all = new ArrayList<>();
    for (long seq = 1; seq <= 20; seq++) {
      all.add(entry(seq, 60_000));
    }
    all.subList(3, 20).forEach(feed::offer);
    List<Long> lacking = new ArrayList<>();

    List<LogApi.Encoded> out = feed.absorb(all.subList(0, 3), lacking::add);

    assertThat(lacking).isEmpty();
    assertThat(out).isEqualTo(all);
    assertThat(feed.broken()).isFalse();
  }

  @Test
  void whatTheStoreLacksIsVoidButWhatWasDeliveredIsNot() {
    Feed feed = new Feed(LOG);
    feed.start(0);
    LogApi.Encoded delivered = entry(3, 10);
    feed.offer(delivered);
    List<Long> lacking = new ArrayList<>();

    List<LogApi.Encoded> out = feed.absorb(List.of(entry(1, 10), entry(4, 10)), lacking::add);

    assertThat(out).extracting(LogApi.Encoded::seq).containsExactly(1L, 2L, 3L, 4L);
    assertThat(out.get(2)).isSameAs(delivered);
    assertThat(lacking).containsExactly(2L);
    assertThat(new String(out.get(1).json().array(), StandardCharsets.UTF_8))
        .contains("\"kind\":\"void\"");
  }

  private static List<LogApi.Encoded> repair(Feed feed, int head, Random random) {
    feed.reread();
    List<LogApi.Encoded> page = new ArrayList<>();
    long through = Math.min(head, feed.last() + 1 + random.nextInt(head));
    for (long seq = feed.last() + 1; seq <= through; seq++) {
      page.add(entry(seq, 10));
    }
    List<LogApi.Encoded> out =
        new ArrayList<>(feed.absorb(page, seq -> assertThat(seq).isNegative()));
    if (feed.last() < head) {
      out.addAll(repair(feed, head, random));
    }
    return out;
  }

  private static LogApi.Encoded entry(long seq, int size) {
    Bytes json = new Bytes("x".repeat(size).getBytes(StandardCharsets.UTF_8));
    return new LogApi.Encoded(LOG, seq, json, Optional.empty());
  }
}
