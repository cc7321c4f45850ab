package io.waip.cli.demo.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.cli.demo.load.Serving.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "'waip: predicted_late; retry_after_ms=12', REJECTED, PREDICTED_LATE",
    "'waip: queue_full; retry_after_ms=0', REJECTED, QUEUE_FULL",
    "'waip: expired; retry_after_ms=0', EVICTED, EXPIRED",
    "'Request timeout expired', EVICTED, EXPIRED",
    "'[request id: <id_unknown>] Exceeds maximum queue size', REJECTED, QUEUE_FULL",
    "'waip: planner_lost; retry_after_ms=1000', FAILED, EXECUTION_ERROR",
    "'something else', FAILED, EXECUTION_ERROR"
  })
  void theServersWordsTellHowARequestEnded(String message, Outcome outcome, Reason reason) {
    assertThat(Refusals.parse(message)).isEqualTo(Reply.without(outcome, reason));
  }
}
