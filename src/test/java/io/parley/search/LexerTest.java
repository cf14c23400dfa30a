package io.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How texts are taken apart. */
class LexerTest {
  private static final Logger LOG = LoggerFactory.getLogger(LexerTest.class);

  private static List<String> words(String text) {
    return Lexer.tokens(text).stream().map(Token::word).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "Crème BRÛLÉE,creme brulee",
    "STRASSE Straße,strasse strasse",
    "Οδυσσεύς ΟΔΥΣΣΕΎΣ,οδυσσευσ οδυσσευσ",
    "ёлка ЁЛКА,елка елка",
    "ﬁne Ｗｉｄｅ,fine wide",
    "don't stop,don t stop",
    "snake_case a.b@c.de,snake case a b c de",
    "İstanbul ISTANBUL,istanbul istanbul",
    "x² H₂O,x2 h2o",
    "nai\u0308ve cafe\u0301,naive cafe",
    "شُكْرًا شكرا,شكرا شكرا",
    "नमस्ते,नमस्ते",
    "v2.0-rc1,v2 0 rc1",
  })
  void caseWidthAndAccentsDoNotCount(String text, String words) {
    assertThat(words(text)).containsExactly(words.split(" "));
  }

  @Test
  void ofWritingsWithoutBlanksEveryTwoCharactersAreAWordAndTheLastIsOne() {
    assertThat(words("東京タワー")).containsExactly("東京", "京タ", "タワ", "ワー", "ー");
    assertThat(words("서울에서")).containsExactly("서울", "울에", "에서", "서");
    assertThat(words("我")).containsExactly("我");
    assertThat(words("iPhone15を買う")).containsExactly("iphone15", "を買", "買う", "う");
  }

  @Test
  void halfWidthKanaAndComposedOnesAreTheSame() {
    assertThat(words("ｶﾞｷﾞ")).isEqualTo(words("ガギ")).isEqualTo(words("カ\u3099キ\u3099"));
  }

  @Test
  void aSyllableOfKoreanIsOneCharacterHoweverItIsWritten() {
    assertThat(words("\u1112\u1161\u11AB\u1100\u1173\u11AF"))
        .isEqualTo(words("한글"))
        .containsExactly("한글", "글");
  }

  @Test
  void picturesAreWordsWhateverTheirTone() {
    assertThat(words("tea\uD83C\uDF75now \uD83D\uDC4D\uD83C\uDFFD"))
        .containsExactly("tea", "\uD83C\uDF75", "now", "\uD83D\uDC4D");
  }

  @Test
  void aWordTellsWhereItStands() {
    String text = "a \uD83D\uDE00 Brûlée!";
    Token last = Lexer.tokens(text).get(2);

    assertThat(text.substring(last.start(), last.end())).isEqualTo("Brûlée");
    assertThat(last.position()).isEqualTo(3);
  }

  @Test
  void aWordThatIsTooLongIsKnownByItsBeginning() {
    assertThat(words("x".repeat(5_000))).containsExactly("x".repeat(Lexer.LONGEST));
  }

  @Test
  void whateverIsWrittenItsWordsStandWhereTheySayAndHoldNothingThatMeansSomething() {
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      String text = anything(random);
      int before = 0;
      for (Token token : Lexer.tokens(text)) {
        assertThat(token.start()).isGreaterThanOrEqualTo(before).isLessThan(token.end());
        assertThat(token.half()).isBetween(token.start() + 1, token.end());
        assertThat(token.end()).isLessThanOrEqualTo(text.length());
        assertThat(token.word()).isNotEmpty().doesNotContain("'", "\\", "~", ":", " ", "\u0000");
        before = token.start();
      }
    }
  }

  private static String anything(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(4) == 0 ? random.nextInt(0x30000) : random.nextInt(0x3200);
      text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
    }
    return text.toString();
  }
}
