package io.waip.triton.embedded;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves tests of the core out, with a printed reason, where it cannot run: another platform, or
 * native code off. It never looks whether the files are there: what is missing fails the tests.
 */
final class TritonCore implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> obstacle = EmbeddedServer.obstacle();
    obstacle.ifPresent(
        reason -> System.out.println(context.getDisplayName() + ": skipped, as " + reason));
    return obstacle
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("the core runs here"));
  }
}
