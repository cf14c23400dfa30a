package io.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void upTo64KiBMayCross() throws Exception {
    Bytes most = new Bytes(new byte[Bytes.MAX]);

    byte[] wire = Json.cbor().writeValueAsBytes(most);

    assertThat(Json.cbor().readValue(wire, Bytes.class)).isEqualTo(most);
  }

  @Test
  void oneByteMoreIsRefused() {
    assertThatThrownBy(() -> new Bytes(new byte[Bytes.MAX + 1]))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
              assertThat(failure.details()).containsEntry("limit", "65536");
            });
  }

  @Test
  void oneByteMoreIsRefusedFromTheWire() throws Exception {
    byte[] wire = Json.cbor().writeValueAsBytes(new byte[Bytes.MAX + 1]);

    assertThatThrownBy(() -> Json.cbor().readValue(wire, Bytes.class))
        .hasRootCauseInstanceOf(Failure.class);
  }

  @Test
  void bytesAreEqualByContentAndPrintTheirSizeOnly() {
    Bytes one = new Bytes(new byte[] {1, 2, 3});

    assertThat(one)
        .isEqualTo(new Bytes(new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(new Bytes(new byte[] {1, 2, 3}));
    assertThat(one).isNotEqualTo(new Bytes(new byte[] {1, 2, 4}));
    assertThat(one).hasToString("3 bytes");
  }
}
