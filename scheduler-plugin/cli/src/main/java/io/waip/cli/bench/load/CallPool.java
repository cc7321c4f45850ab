package io.waip.cli.bench.load;

import io.waip.triton.client.InferAnswer;
import io.waip.triton.client.InferCall;
import io.waip.triton.client.PreparedCall;
import io.waip.triton.client.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Distinct requests built before the run, used round and round, for models that answer {@code
 * OUTPUT} equal to {@code INPUT} (int64 {@code [1, elements]}). Each one's content and id differ
 * from all others', so that an answer handed to the wrong request is seen. Immutable.
 */
final class CallPool {
  /** Enough that a request is not used again while it is under way. */
  static final int SIZE = 4096;

  private static final String INPUT = "INPUT";
  private static final String OUTPUT = "OUTPUT";

  private final PreparedCall[][] calls;
  private final Tensor[] inputs = new Tensor[SIZE];

  /**
   * Builds the requests.
   *
   * @param models one arm each
   * @param elements of the input, {@code >= 1}
   */
  CallPool(List<String> models, int elements, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < SIZE; i++) {
      long[] content = random.longs(elements).toArray();
      content[0] = i;
      inputs[i] = Tensor.int64(INPUT, List.of(1L, (long) elements), content);
    }
    calls = new PreparedCall[models.size()][SIZE];
    for (int arm = 0; arm < models.size(); arm++) {
      for (int i = 0; i < SIZE; i++) {
        calls[arm][i] = PreparedCall.of(call(models.get(arm), i));
      }
    }
  }

  private InferCall call(String model, int index) {
    return InferCall.to(model).id(Integer.toString(index)).input(inputs[index]).build();
  }

  /** The content of the n-th request sent, which is also its right answer. */
  Tensor input(int request) {
    return inputs[request % SIZE];
  }

  /** The request that the n-th one sent uses. */
  PreparedCall call(int arm, int request) {
    return calls[arm][request % SIZE];
  }

  /** Whether this is the answer of the n-th request. */
  boolean isRight(int request, InferAnswer answer) {
    int index = request % SIZE;
    if (!answer.id().equals(Integer.toString(index))) {
      return false;
    }
    for (Tensor output : answer.outputs()) {
      if (output.name().equals(OUTPUT)) {
        return output.content().equals(inputs[index].content());
      }
    }
    return false;
  }
}
