package io.waip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.input.UserError;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Damaged configurations are either still valid or refused in one line, and nothing else happens.
 */
class ConfigFuzzTest {

  private static final int FILES = 20_000;
  private static final String PIECES = ":-[]{}#&*!|>'\"%@`,? \n\t0179abz./\u00e9\u0000\ud83d";

  /** What became of a damaged file. */
  private enum Result {
    VALID,
    REFUSED_WITH_LINE,
    REFUSED_AS_A_WHOLE
  }

  @Test
  void aDamagedFileIsValidOrRefusedInOneLine() {
    Random random = new Random(11);
    Set<Result> reached = EnumSet.noneOf(Result.class);
    for (int file = 0; file < FILES; file++) {
      reached.add(read(damage(FullConfig.YAML, random)));
    }

    assertThat(reached).containsExactlyInAnyOrder(Result.values());
  }

  private static Result read(String yaml) {
    try {
      assertThat(PlannerConfig.parse("f.yaml", yaml).services()).isNotEmpty();
      return Result.VALID;
    } catch (UserError e) {
      assertThat(e.line()).startsWith("f.yaml:").doesNotContain("\n").contains("; ");
      return e.line().matches("f\\.yaml:\\d+: .*")
          ? Result.REFUSED_WITH_LINE
          : Result.REFUSED_AS_A_WHOLE;
    }
  }

  /** Cuts out up to 8 characters at up to three places and puts up to 3 others there. */
  private static String damage(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int places = 1 + random.nextInt(3); places > 0; places--) {
      int start = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), start + random.nextInt(9));
      StringBuilder pieces = new StringBuilder();
      for (int count = random.nextInt(4); count > 0; count--) {
        pieces.append(PIECES.charAt(random.nextInt(PIECES.length())));
      }
      damaged.replace(start, end, pieces.toString());
    }
    return damaged.toString();
  }
}
