package io.waip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstScheduleTest {
  private static List<String> lines() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FirstSchedule.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
  }

  @Test
  void answersAllButTheRequestNobodyCanAnswerInTime() {
    assertThat(lines())
        .filteredOn(line -> line.contains("request"))
        .hasSize(12)
        .filteredOn(line -> !line.endsWith("COMPLETED NONE"))
        .containsExactly("10.0 ms  request 10: REJECTED PREDICTED_LATE");
  }

  @Test
  void runsTheFirstAtOnceAndBatchesWhatArrivesMeanwhile() {
    // 4 ms + 0.8 ms; by then the requests of 1, 2, 3 and 4 ms have arrived.
    assertThat(lines()).startsWith("0.0 ms  run a batch of 1", "4.8 ms  request 0: COMPLETED NONE");
    assertThat(lines()).contains("4.8 ms  run a batch of 4");
  }

  @Test
  void decidesTheSameEveryTime() {
    assertThat(lines()).isEqualTo(lines());
  }
}
