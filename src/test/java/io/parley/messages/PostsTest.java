package io.parley.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.accounts.Identity;
import io.parley.accounts.SessionId;
import io.parley.accounts.UserId;
import io.parley.config.ByteSize;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.fixtures.Limited;
import io.parley.log.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostsTest {
  private static final Identity ADA =
      new Identity(
          new UserId(UUID.fromString("0190b6c8-0000-7000-8000-000000000001")),
          "Ada",
          new SessionId(UUID.fromString("0190b6c8-0000-7000-8000-000000000002")),
          Instant.EPOCH);

  private final AtomicInteger made = new AtomicInteger();
  private final Posts posts =
      new Posts(Limited.room(3, 10), () -> "made-" + made.incrementAndGet());

  @Test
  void aPostIsACountableMessageOfItsAuthor() {
    Draft draft =
        posts.post(ADA, new Posts.Content(Optional.of("c1"), "hi", Optional.of(17L), List.of()));

    assertThat(draft.kind()).isEqualTo("message");
    assertThat(draft.author()).isEqualTo(ADA.user());
    assertThat(draft.name()).isEqualTo("Ada");
    assertThat(draft.cid()).isEqualTo("c1");
    assertThat(draft.countable()).isTrue();
    assertThat(draft.change()).isEmpty();
    assertThat(draft.body()).isEqualTo("{\"text\":\"hi\",\"replyTo\":17}");
  }

  @Test
  void aPostWithoutCidGetsANewOneEachTime() {
    assertThat(posts.post(ADA, text("a")).cid()).isEqualTo("made-1");
    assertThat(posts.post(ADA, text("a")).cid()).isEqualTo("made-2");
  }

  @Test
  void theLongestTextIsCountedInCodePoints() {
    assertThat(posts.post(ADA, text("a".repeat(8000))).body())
        .hasSize(8000 + "{\"text\":\"\"}".length());
    assertFails(text("a".repeat(8001)), Reason.TOO_LARGE, Map.of("field", "text", "limit", "8000"));
  }

  @Test
  void theLongestTextIsAlsoCountedInBytes() {
    String astral = "\uD83D\uDE00";
    posts.post(ADA, text(astral.repeat(8000)));
    Posts tight = new Posts(Limited.room(new ByteSize(31_999), 3, 10), () -> "x");

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> tight.post(ADA, text(astral.repeat(8000))))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE))
        .satisfies(failure -> assertThat(failure.details()).containsEntry("limit", "31999"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "\n\t",
        "\u200B",
        "\u200B\u200D\uFEFF",
        "\u2060 \u3000",
        "\u3164",
        "\u2800\uFE0F"
      })
  void aTextWithNothingToSeeIsRefused(String blank) {
    assertFails(text(blank), Reason.INVALID, Map.of("field", "text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\uD800", "a\uDC00", "\uDC00\uD800"})
  void aTextThatNoStoreCouldKeepIsRefused(String text) {
    assertFails(text(text), Reason.INVALID, Map.of("field", "text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFFFF", "\u2028 x", "e\u0301", "\u202Eabc", "${jndi:ldap://x}", "%n%s"})
  void whatIsOddButHarmlessIsKept(String text) {
    assertThat(posts.post(ADA, text(text)).body()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "caf\u00E9", "a\nb", "\u0000"})
  void aCidIsPrintableAscii(String cid) {
    assertFails(
        new Posts.Content(Optional.of(cid), "hi", Optional.empty(), List.of()),
        Reason.INVALID,
        Map.of("field", "cid"));
  }

  @Test
  void aCidHasAtMost64Characters() {
    posts.post(
        ADA, new Posts.Content(Optional.of("x".repeat(64)), "a", Optional.empty(), List.of()));
    assertFails(
        new Posts.Content(Optional.of("x".repeat(65)), "a", Optional.empty(), List.of()),
        Reason.INVALID,
        Map.of("field", "cid"));
  }

  @Test
  void aPersonIsMentionedOnceAndOnlyFiftyAre() {
    assertThat(posts.post(ADA, mentioning(List.of(ADA.user(), ADA.user()))).body())
        .isEqualTo("{\"text\":\"hi\",\"mentions\":[\"" + ADA.user() + "\"]}");
    assertFails(
        mentioning(IntStream.range(0, 51).mapToObj(i -> new UserId(new UUID(1, i))).toList()),
        Reason.INVALID,
        Map.of("field", "mentions"));
  }

  private void assertFails(Posts.Content content, Reason reason, Map<String, String> details) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> posts.post(ADA, content))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason))
        .satisfies(failure -> assertThat(failure.details()).containsAllEntriesOf(details));
  }

  private static Posts.Content text(String text) {
    return new Posts.Content(Optional.empty(), text, Optional.empty(), List.of());
  }

  private static Posts.Content mentioning(List<UserId> users) {
    return new Posts.Content(Optional.of("c"), "hi", Optional.empty(), users);
  }
}
