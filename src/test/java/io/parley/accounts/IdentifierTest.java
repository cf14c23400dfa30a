package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

  @ParameterizedTest
  @CsvSource({
    "ana@example.org, ana@example.org",
    "Ana.Maria+chat@Example.ORG, ana.maria+chat@example.org",
    "' ana@example.org ', ana@example.org",
    "ana@localhost, ana@localhost",
    "ＡＮＡ＠example.org, ana@example.org",
    "ana@bücher.example, ana@xn--bcher-kva.example",
    "josé@example.org, josé@example.org",
    "o'neill@example.org, o'neill@example.org"
  })
  void emailIsUniqueWithoutRegardToCase(String written, String unique) {
    assertThat(Identifier.email(written).value()).isEqualTo(unique);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ana",
        "@example.org",
        "ana@",
        "ana@@example.org",
        "a@b@example.org",
        "ana maria@example.org",
        ".ana@example.org",
        "ana..maria@example.org",
        "ana@-example.org",
        "ana@example..org",
        "ana@exa_mple.org",
        "ana@[127.0.0.1]",
        "\"ana\"@example.org",
        "ana<script>@example.org",
        "ana\u202E@example.org",
        "ana\u200B@example.org",
        "ana\r\nBcc: all@example.org"
      })
  void whatIsNoEmailIsRefused(String written) {
    assertThat(refusal(() -> Identifier.email(written)).reason()).isEqualTo(Reason.INVALID);
    assertThat(refusal(() -> Identifier.email(written)).details()).containsEntry("field", "email");
  }

  @Test
  void emailIsLimitedInCharactersAndInBytes() {
    assertThat(refusal(() -> Identifier.email("a".repeat(300) + "@example.org")).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(() -> Identifier.email("é".repeat(33) + "@example.org")).reason())
        .isEqualTo(Reason.INVALID);
    assertThat(Identifier.email("é".repeat(32) + "@example.org").value()).hasSize(44);
  }

  @ParameterizedTest
  @CsvSource({
    "+14155550100, +14155550100",
    "+1 (415) 555-0100, +14155550100",
    "+49 030 1234567, +49301234567",
    "+٤٩٣٠١٢٣٤٥٦٧, +49301234567",
    "' +393331234567 ', +393331234567"
  })
  void phoneNumbersAreKeptInE164(String written, String unique) {
    assertThat(Identifier.phoneNumber(written))
        .isEqualTo(new Identifier(Identifier.Kind.PHONE_NUMBER, unique, unique));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "14155550100",
        "+0123456789",
        "+12",
        "+1234567890123456789",
        "+1800FLOWERS",
        "+14155550100;ext=1",
        "+999123456789",
        "+1415555\u200B0100"
      })
  void whatIsNoPhoneNumberIsRefused(String written) {
    assertThat(refusal(() -> Identifier.phoneNumber(written)).reason()).isEqualTo(Reason.INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "ana, ana",
    "Ana_Maria-7.x, ana_maria-7.x",
    "ＡＮＡ, ana",
    "李小龍, 李小龍",
    "शिवानी, शिवानी",
    "STRASSE, strasse",
    "straße, strasse"
  })
  void usernamesAreUniqueWithoutRegardToCaseOrWidth(String written, String unique) {
    assertThat(Identifier.username(written).value()).isEqualTo(unique);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ana maria",
        " ana",
        "ana@example",
        "+ana",
        "ana/maria",
        "..",
        "<b>",
        "a\u200Db",
        "a\u202Eb",
        "a\u034Fb",
        "a\uFE00b",
        "😀",
        "a\u0000",
        "\uDC00"
      })
  void whatIsNoUsernameIsRefused(String written) {
    assertThat(refusal(() -> Identifier.username(written)).reason()).isEqualTo(Reason.INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\u0430ypal",
        "\u0430na",
        "ana\u03BF",
        "李lee\u0431",
        "ひらハングル\uD55C",
        "ana1\u0661",
        "a\u0301\u0302\u0303\u0304\u0305\u0306b"
      })
  void aNameThatWouldPassForAnotherIsNotForTheTaking(String written) {
    assertThat(refusal(() -> Identifier.username(written)).reason()).isEqualTo(Reason.INVALID);
    assertThat(Identifier.typed(written)).as("one that was chosen before").isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"李lee", "ひらカナ漢字abc", "한글abc漢", "ㄅㄆ漢abc", "владимир", "عمر٣", "ana.7_x-"})
  void scriptsThatPeopleWriteTogetherStandTogether(String written) {
    assertThat(Identifier.username(written).shown()).isEqualTo(written);
  }

  @Test
  void aUsernameMayNotGrowBeyondTheLimitByNormalising() {
    assertThat(refusal(() -> Identifier.username("a".repeat(65))).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(() -> Identifier.username("\uFDFA".repeat(64))).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "Ana, USERNAME, ana",
    "Ana@Example.org, EMAIL, ana@example.org",
    "ana＠example.org, EMAIL, ana@example.org",
    "+1 415 555 0100, PHONE_NUMBER, +14155550100",
    "＋1 415 555 0100, PHONE_NUMBER, +14155550100"
  })
  void whatIsTypedIsRecognised(String typed, Identifier.Kind kind, String value) {
    assertThat(Identifier.typed(typed).map(Identifier::kind)).contains(kind);
    assertThat(Identifier.typed(typed).map(Identifier::value)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ana@", "+1", "' or 1=1 --"})
  void whatNobodyCanBeKnownByIsNothing(String typed) {
    assertThat(Identifier.typed(typed)).isEmpty();
    assertThat(Identifier.typed(typed + "x".repeat(100_000))).isEmpty();
  }

  private static Failure refusal(Runnable parsing) {
    return catchThrowableOfType(Failure.class, parsing::run);
  }
}
