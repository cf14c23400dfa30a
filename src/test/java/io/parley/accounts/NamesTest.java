package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final int MAX = 64;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ana",
        "Ana María de la O'Neill-Ñuñez",
        "李小龍",
        "عمر",
        "शिवानी",
        "Владимир",
        "ana ❤️",
        "👍🏽",
        "🏴🇪🇸",
        "🫠",
        "${jndi:ldap://x}",
        "<img src=x onerror=alert(1)>",
        "%n%s {{7*7}}"
      })
  void whatPeopleAreCalledIsKept(String name) {
    assertThat(Names.shown("name", name, MAX)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\u202Eb', a right-to-left override",
    "'a\u2066b', an isolate",
    "'a\u200Bb', a zero-width space",
    "'a\u200Db', a zero-width joiner",
    "'a\uFEFFb', a byte order mark",
    "'a\u00ADb', a soft hyphen",
    "'a\u2028b', a line separator",
    "'a\u0000b', NUL",
    "'a\tb', a tab",
    "'a\u007Fb', delete",
    "'a\u3164b', a Hangul filler",
    "'a\u2800b', a blank Braille pattern",
    "'a\uE000b', a private character",
    "'a\uFFFFb', a noncharacter",
    "'a\uDB40\uDC41b', a tag",
    "'a\uDB40\uDD00b', a variation selector",
    "'\uD83D', half a character"
  })
  void whatNobodyCanSeeIsRefused(String name, String what) {
    assertThat(refusal(name)).as(what).isEqualTo(Reason.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00A0\u3000", "\u0301\u0301", "\uFE0F"})
  void aNameLeavesInk(String name) {
    assertThat(refusal(name)).isEqualTo(Reason.INVALID);
  }

  @Test
  void lengthIsCountedInCodePoints() {
    assertThat(Names.shown("name", "😀".repeat(MAX), MAX)).hasSize(2 * MAX);
    assertThat(refusal("😀".repeat(MAX + 1))).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal("a".repeat(MAX + 1))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void blanksAroundGoAndBlanksInsideAreSingle() {
    assertThat(Names.shown("name", "  Ana \u00A0 María ", MAX)).isEqualTo("Ana María");
  }

  @ParameterizedTest
  @CsvSource({
    "ANA, ana",
    "Ana, ana",
    "ＡＮＡ, ana",
    "Straße, STRASSE",
    "STRAẞE, strasse",
    "ﬁn, fin",
    "ΣΊΣΥΦΟΣ, σίσυφος",
    "Å, \u212B",
    "e\u0301, é",
    "①, 1"
  })
  void namesThatLookAlikeFoldAlike(String one, String other) {
    assertThat(Names.folded(one)).isEqualTo(Names.folded(other));
  }

  @Test
  void foldingTwiceChangesNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(4, 1, 0x2FFFF)
              .filter(point -> Character.getType(point) != Character.SURROGATE)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String folded = Names.folded(text);
      assertThat(Names.folded(folded)).as("seed %d, text %s", seed, text).isEqualTo(folded);
    }
  }

  private static Reason refusal(String name) {
    return catchThrowableOfType(Failure.class, () -> Names.shown("name", name, MAX)).reason();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Deleted account", " deleted\u00A0 ACCOUNT", "\uFF24eleted account"})
  void nobodyIsCalledWhatThoseAreCalledWhoAreGone(String name) {
    Failure refused = catchThrowableOfType(Failure.class, () -> PersonName.parse("name", name));
    assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    assertThat(refused.details()).containsEntry("field", "name").containsEntry("rule", "reserved");
    AccountsApi.Register request =
        new AccountsApi.Register(
            Optional.empty(),
            Optional.empty(),
            Optional.of("somebody"),
            Optional.of(name),
            new Password("correct horse battery"),
            "test",
            Optional.empty());
    assertThat(
            catchThrowableOfType(
                    Failure.class,
                    () -> Newcomers.account(request, new UserId(UUID.randomUUID()), Instant.EPOCH))
                .details())
        .containsEntry("field", "name");
    assertThat(PersonName.parse("name", name + "s").text()).endsWith("s");
  }
}
