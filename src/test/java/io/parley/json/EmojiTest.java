package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "👍",
        "👍🏽",
        "❤️",
        "❤",
        "🎉",
        "👩‍👩‍👧",
        "👩🏿‍🚒",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "🇩🇪",
        "🏳️‍🌈",
        "1️⃣",
        "#⃣",
        "✅",
        "⭐",
        "☕",
        "🫠",
        "🫱🏼‍🫲🏾",
        "™️",
        "㊗️",
        "↔️",
        "‼️",
        "❤️‍🔥"
      })
  void oneEmojiIsOne(String emoji) {
    assertThat(Emoji.checked("emoji", emoji)).isEqualTo(emoji);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "+1",
        "1",
        ":thumbsup:",
        "👍👍",
        "👍 ",
        " 👍",
        "👍a",
        "🇩",
        "🇩🇪🇫",
        "🏽",
        "\u200D",
        "👍\u200D",
        "\uFE0F",
        "\u202E",
        "<img>",
        "👍\u202E",
        "👍\uDB40\uDC61",
        "👍\uDB40\uDC61\uDB40\uDC7F",
        "🏴\uDB40\uDC67",
        "\uD83D",
        "∀",
        "─",
        "你"
      })
  void anythingElseIsNot(String text) {
    assertThatThrownBy(() -> Emoji.checked("emoji", text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("one emoji");
  }

  @ParameterizedTest
  @ValueSource(strings = {"👩"})
  void anEmojiHasAnEnd(String one) {
    String family = one + "\u200D".concat(one).repeat(30);

    assertThatThrownBy(() -> Emoji.checked("emoji", family)).isInstanceOf(Failure.class);
  }
}
