package io.waip.onnxruntime;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.onnxruntime.Signature.Port;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Made-up requests of a given length, for measuring. */
final class Samples {
  private static final Submission.Call NOBODY =
      new Submission.Call(0, Tier.OFFLINE, 0, RequestDescriptor.NO_DEADLINE, 0);

  private Samples() {}

  /** Returns a request whose integers are 1 and floats 0.5; what may be left out is. */
  static Submission of(LoadedModels models, int length) {
    @Nullable InputRow[] rows = new InputRow[models.signature().inputs().size()];
    LengthRule rule = models.rule();
    for (int i = 0; i < rows.length; i++) {
      Port port = models.signature().inputs().get(i);
      rows[i] = rule != null && rule.isOptional(port.name()) ? null : row(port, length);
    }
    return new Submission(NOBODY, rows, length);
  }

  private static InputRow row(Port port, int length) {
    int elements = port.elements(length);
    InputRow row =
        switch (port.type()) {
          case INT64 -> {
            long[] values = new long[elements];
            Arrays.fill(values, 1);
            yield InputRow.of(values);
          }
          case INT32 -> {
            int[] values = new int[elements];
            Arrays.fill(values, 1);
            yield InputRow.of(values);
          }
          case FLOAT32 -> {
            float[] values = new float[elements];
            Arrays.fill(values, 0.5f);
            yield InputRow.of(values);
          }
          default -> throw new IllegalArgumentException("no request carries " + port.type());
        };
    return row.shaped(port.shape(length));
  }
}
