package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.failure.Failure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients say in words of their own, they know by these. */
class RulesTest {
  private static final List<Identifier> ANA = List.of(Identifier.username("ana.silva"));

  static Stream<Arguments> broken() {
    return Stream.of(
        of("short", "password", () -> good("passwor")),
        of("own", "password", () -> good("ana.silva123")),
        of("common", "password", () -> good("password")),
        of("hidden", "password", () -> good("correct horse\0")),
        of("email", "email", () -> Identifier.email("ana")),
        of("phone", "phoneNumber", () -> Identifier.phoneNumber("12345")),
        of("username", "username", () -> Identifier.username("ana silva")),
        of("scripts", "username", () -> Identifier.username("\u0430na")),
        of("marks", "username", () -> Identifier.username("a" + "\u0323\u0301\u0308".repeat(4))),
        of("hidden", "username", () -> Identifier.username("ana\u200b")),
        of("long", "username", () -> Identifier.username("a".repeat(65))),
        of("blank", "name", () -> Names.shown("name", " ", 64)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("broken")
  void aBrokenRuleIsNamed(String rule, String field, Runnable attempt) {
    Failure failure = catchThrowableOfType(Failure.class, attempt::run);

    assertThat(failure.details()).containsEntry("field", field).containsEntry("rule", rule);
    if (List.of("short", "own").contains(rule)) {
      assertThat(failure.details()).containsEntry("limit", "8");
    }
  }

  private static Arguments of(String rule, String field, Runnable attempt) {
    return Arguments.of(rule, field, attempt);
  }

  private static void good(String password) {
    Passwords.requireGood(new Password(password), ANA);
  }
}
