package io.waip.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserErrorTest {

  @Test
  void saysWhereWhatAllowedAndRemedyInOneLine() {
    UserError error = new UserError("weight is 0", "waip.yaml:7", "above 0", "raise it");

    assertThat(error.line())
        .isEqualTo("waip.yaml:7: weight is 0; allowed: above 0; remedy: raise it");
    assertThat(error).hasMessage(error.line());
  }

  @Test
  void leavesOutPartsThatAreEmpty() {
    assertThat(new UserError("no such command", "", "", "").line()).isEqualTo("no such command");
  }

  @Test
  void joinsLinesOfForeignTextToOne() {
    UserError error = new UserError("first\n  second\r\nthird", "", "", "");

    assertThat(error.line()).isEqualTo("first second third");
  }

  @Test
  void failsByDefaultAndCountsAsWrongCallOnRequest() {
    assertThat(new UserError("a", "", "", "").exitCode()).isEqualTo(1);
    assertThat(UserError.usage("a", "", "", "").exitCode()).isEqualTo(2);
  }
}
