package io.parley.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Bytes;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private final LogId log = LogId.room(UUID.randomUUID());
  private final Audience audience = new Audience(log);

  @Test
  void anEntryThatOvertakesTheNewsOfTheHeadIsNotForgotten() {
    audience.deliver(List.of(entry(217)));
    audience.opened(216);

    assertThat(audience.last()).isEqualTo(217);
  }

  @Test
  void anEntryFromBeforeTheHeadMovesNothingBack() {
    audience.deliver(List.of(entry(210)));
    audience.opened(216);
    audience.deliver(List.of(entry(214)));

    assertThat(audience.last()).isEqualTo(216);
  }

  private LogApi.Encoded entry(long seq) {
    return new LogApi.Encoded(log, seq, new Bytes(new byte[] {'{', '}'}), Optional.empty());
  }
}
