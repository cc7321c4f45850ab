package io.waip.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> WORDS = List.of("tenants", "services", "mode");

  @ParameterizedTest
  @CsvSource({
    "tenant,tenants",
    "tenatns,tenants",
    "Services,services",
    "mdoe,mode",
    "serivces,services"
  })
  void findsTheWordMeant(String typed, String meant) {
    assertThat(Suggestion.didYouMean(typed, WORDS)).isEqualTo("did you mean '" + meant + "'?");
  }

  @Test
  void staysSilentWhenNoWordIsNear() {
    assertThat(Suggestion.didYouMean("horizon", WORDS)).isEmpty();
    assertThat(Suggestion.didYouMean("", WORDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ab,ba,1", "abc,abc,0", "abc,ABC,0", "abc,ab,1", "kitten,sitting,3"})
  void countsEdits(String a, String b, int edits) {
    assertThat(Suggestion.editDistance(a, b)).isEqualTo(edits);
  }

  @Property(tries = 300, seed = "7")
  void distanceIsSymmetricAndAtMostTheLongerWord(
      @ForAll @AlphaChars @StringLength(max = 9) String a,
      @ForAll @AlphaChars @StringLength(max = 9) String b) {
    int distance = Suggestion.editDistance(a, b);

    assertThat(distance).isEqualTo(Suggestion.editDistance(b, a));
    assertThat(distance)
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
  }
}
