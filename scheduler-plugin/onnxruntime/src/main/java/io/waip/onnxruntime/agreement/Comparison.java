package io.waip.onnxruntime.agreement;

import io.waip.api.agreement.AgreementRule;
import io.waip.api.agreement.AnswerRow;
import java.util.BitSet;
import java.util.List;

/**
 * A drawn answer with what is needed to make it again: where a cheaper variant gave it, its row
 * alone, for the reference; where the reference gave it, the whole batch, for a variant whose
 * answers depend on what they are batched with. Immutable but for the number of tries.
 */
final class Comparison {
  /** The cheaper of the two variants. */
  final int variant;

  /** Rows of the batch that the variant's answer comes from. */
  final int batch;

  /** The variant that makes the answer again. */
  final int other;

  private final List<DenseTensor> inputs;
  private final int row;
  private final BitSet real;
  private final AnswerRow served;
  private int tries;

  /**
   * Copies what is needed of an execution.
   *
   * @param variant that is compared with the reference; the one that ran, unless that was the
   *     reference
   */
  Comparison(ServedBatch ran, int row, int variant) {
    this.variant = variant;
    batch = ran.rows();
    real = ran.real(row);
    served = ran.output().answer(row, real);
    boolean isReference = ran.variant() == 0;
    other = isReference ? variant : 0;
    this.row = isReference ? row : 0;
    inputs =
        ran.inputs().stream()
            .map(input -> isReference ? input.copy() : input.copyOfRow(row))
            .toList();
  }

  /** Makes the answer again and says whether both agree. */
  boolean agrees(ComparedModel model, AgreementRule rule) throws Exception {
    AnswerRow again = model.run(inputs, rule.output()).answer(row, real);
    return other == 0 ? rule.measure().agrees(served, again) : rule.measure().agrees(again, served);
  }

  /** Counts a try that was stopped; returns their number. */
  int stopped() {
    return ++tries;
  }
}
