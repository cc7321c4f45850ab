package io.waip.nativebridge;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves tests of the native library out, with a printed reason, where the native part is switched
 * off. It never looks whether the library is there: one that is missing though wanted fails the
 * tests.
 */
public final class NativePart implements ExecutionCondition, SkipExecutionHook {
  private static final String REASON =
      "skipped, as the native part is off (-D" + NativeSettings.MODE_PROPERTY + "=off)";

  static boolean isOff() {
    return "off".equals(System.getProperty(NativeSettings.MODE_PROPERTY));
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return isOff()
        ? ConditionEvaluationResult.disabled(printed(context.getDisplayName()))
        : ConditionEvaluationResult.enabled("the native part is on");
  }

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return isOff() ? SkipResult.skip(printed(context.label())) : SkipResult.doNotSkip();
  }

  private static String printed(String what) {
    System.out.println(what + ": " + REASON);
    return REASON;
  }
}
