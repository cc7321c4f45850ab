package io.waip.examples;

import io.waip.triton.client.CallFailure;
import io.waip.triton.client.InferAnswer;
import io.waip.triton.client.InferCall;
import io.waip.triton.client.ModelDescription;
import io.waip.triton.client.OipClient;
import io.waip.triton.client.ServerDescription;
import io.waip.triton.client.Tensor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Calls a model of a Triton, or of any other server of the Open Inference Protocol, over gRPC. The
 * planner in front of the model reads the parameters: who asks, and until when the answer is of
 * use.
 *
 * <pre>{@code
 * java -cp "examples/target/classes:$(cat examples/target/class-path)" \
 *     io.waip.examples.CallRemotely PORT MODEL
 * }</pre>
 *
 * <p>The model has one input, of type INT64; a dimension of any size gets one element.
 */
public final class CallRemotely {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private CallRemotely() {}

  /** Calls the model named second at the port named first on this machine. */
  @SuppressWarnings("SystemOut") // An example prints.
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("Usage: CallRemotely PORT MODEL");
      System.exit(2);
    }
    try (OipClient client = OipClient.to("127.0.0.1", Integer.parseInt(args[0]))) {
      run(client, args[1], System.out);
    }
  }

  /** Asks who the server is and what the model takes, then calls it. */
  static void run(OipClient client, String model, PrintStream out) {
    ServerDescription server = client.describe();
    out.printf("%s %s%n", server.name(), server.version());
    ModelDescription description = client.describe(model);
    InferCall call =
        InferCall.to(model)
            .parameter("tenant", "gold")
            .parameter("tier", "interactive")
            .parameter("deadline_ms", 200)
            .input(ones(description.inputs().getFirst()))
            .build();
    try {
      InferAnswer answer = client.infer(call, TIMEOUT);
      answer.outputs().forEach(output -> out.printf("%s %s%n", output.name(), output.shape()));
    } catch (CallFailure e) {
      out.printf("refused: %s %s%n", e.code(), e.getMessage());
    }
  }

  private static Tensor ones(ModelDescription.TensorDescription input) {
    List<Long> shape = input.shape().stream().map(size -> Math.max(1, size)).toList();
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    return Tensor.int64(
        input.name(), shape, LongStream.generate(() -> 1).limit(elements).toArray());
  }
}
