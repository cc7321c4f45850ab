package io.waip.api.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubjectTest {
  @Test
  void itsLabelLeavesOutWhatIsNotGiven() {
    assertThat(new Subject("bert", Phase.WHOLE, "", 1, 0).label()).isEqualTo("bert WHOLE");
    assertThat(new Subject("llama", Phase.DECODE, "a100", 8, 4).label())
        .isEqualTo("llama DECODE on a100, tensor parallel 8, threads 4");
  }
}
