package io.parley.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be looked for, and what it means. */
class QueryTest {
  private static boolean finds(String query, String text) {
    return Query.parse(query).matches(Lexer.tokens(text));
  }

  private static List<String> highlighted(String query, String text) {
    return Query.parse(query).ranges(Lexer.tokens(text)).stream()
        .map(range -> text.substring(range.start(), range.end()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "tea,green TEA please,true",
    "green tea,tea that is green,true",
    "green tea,green leaves,false",
    "gree,green,true",
    "gree tea,green tea,false",
    "gree from:ann has:link,green,true",
    "gree -milk,green,false",
    "\"green tea\",green tea,true",
    "\"green tea\",tea green,false",
    "\"green tea\",green and tea,false",
    "\"gree\",green,false",
    "tea -milk,tea with milk,false",
    "tea -milk,tea with milky foam,true",
    "tea -\"with milk\",tea milk with,true",
    "don't,I don't know,true",
    "don't,don is t,false",
    "example.org/a,see https://example.org/a/b,true",
    "10:30,at 10:30 sharp,true",
    "what:ever,what ever,true",
    "東京,東京タワー,true",
    "京東,東京タワー,false",
    "タワー,東京タワー,true",
    "京,東京,true",
    "東,東京,true",
    "大阪,東京,false",
    "x,xylophone,false",
    "tea-,tea,true",
    "-,-,false",
  })
  void allOfItHasToHold(String query, String text, boolean found) {
    if (query.equals("-")) {
      assertThatExceptionOfType(Failure.class).isThrownBy(() -> Query.parse(query));
    } else {
      assertThat(finds(query, text)).isEqualTo(found);
    }
  }

  @Test
  void operatorsAreReadWithTheirNames() {
    Query query =
        Query.parse("tea from:ann FROM:\"Ben Lee\" in:\"the kitchen\" has:LINK after:2026-01-31");

    assertThat(query.from()).containsExactly("ann", "Ben Lee");
    assertThat(query.in()).containsExactly("the kitchen");
    assertThat(query.link()).isTrue();
    assertThat(query.since()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z").toEpochMilli());
    assertThat(query.terms()).hasSize(1);
  }

  @Test
  void aDayIsFromItsBeginningToItsEnd() {
    Query query = Query.parse("tea on:2026-02-28");
    assertThat(query.since()).isEqualTo(Instant.parse("2026-02-28T00:00:00Z").toEpochMilli());
    assertThat(query.until()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
    assertThat(Query.parse("tea before:2026-02-28").until()).isEqualTo(query.since());
  }

  @ParameterizedTest
  @CsvSource({
    "'',empty",
    "'   ',empty",
    "-tea,empty",
    "in:kitchen,empty",
    "before:2026-01-01,empty",
    "?!,empty",
    "\"\",empty",
    "tea \"green,quote",
    "tea from:,from",
    "tea from: ann,from",
    "tea in:\"\",in",
    "tea has:image,has",
    "tea has:,has",
    "tea before:yesterday,before",
    "tea after:2026-13-01,after",
    "tea on:2026-02-30,on",
    "tea before:2026-02-28T10:00:00Z,before",
    "tea -from:ann,not",
    "a b c d e f g h i j k l m n o p q r s t u,many",
  })
  void whatCannotBeReadNamesTheRule(String query, String rule) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Query.parse(query))
        .satisfies(
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.INVALID);
              assertThat(failure.details()).containsEntry("field", "query");
              assertThat(failure.details()).containsEntry("rule", rule);
            });
  }

  @Test
  void aQueryHasALength() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Query.parse("x".repeat(Query.LONGEST + 1)))
        .matches(failure -> failure.reason() == Reason.TOO_LARGE);
  }

  @Test
  void whatWasLookedForIsHighlightedWhereItStands() {
    assertThat(highlighted("cre \"brulee now\"", "Crème brûlée now? creme, cream"))
        .containsExactly("brûlée now");
    assertThat(highlighted("\"brulee now\" crem", "Crème brûlée now? creme"))
        .containsExactly("Crème", "brûlée now", "creme");
    assertThat(highlighted("東京", "東京と東京")).containsExactly("東京", "東京");
    assertThat(highlighted("京", "東京都")).containsExactly("京");
    assertThat(highlighted("東京タ", "東京タワー")).containsExactly("東京タ");
    assertThat(highlighted("from:me -milk", "tea")).isEmpty();
  }

  @Test
  void whatPostgresIsAskedHoldsNothingThatItWouldReadOtherwise() {
    Query query = Query.parse("o'neil \\ ' | ! & <-> (tea) \"a'b\" -c:* ~ x");
    String asked = Words.query(query.terms());

    assertThat(asked)
        .isEqualTo("('~o' <1> '~neil') & ('~tea') & ('~a' <1> '~b') & !('~c') & ('~x')");
  }
}
