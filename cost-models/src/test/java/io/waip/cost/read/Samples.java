package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small whole files of each form, and how tests write and refuse them. */
public final class Samples {
  /** Columns of perf_analyzer -f with statistics of the server; a row fits below. */
  public static final String PERF_HEADER =
      "Concurrency,Inferences/Second,Client Send,Network+Server Send/Recv,Server Queue,"
          + "Server Compute Input,Server Compute Infer,Server Compute Output,Client Recv,"
          + "p50 latency,p90 latency,p95 latency,p99 latency\n";

  /** In order of throughput, as the tool sorts; 1 in flight: 20 + 7512 + 123 us. */
  public static final String PERF_CSV =
      PERF_HEADER
          + "2,230.5,85,246,7341,23,7442,181,0,15271,15811,16116,18762\n"
          + "1,247.113,62,298,63,20,7512,123,0,7853,8179,9517,11875\n";

  /** One request in flight: 300 infer/sec at batch 3, 10 ms, and at batch 1, 4 ms. */
  public static final String ANALYZER_CSV =
      "Model,Batch,Concurrency,Model Config Path,Instance Group,Max Batch Size,"
          + "Satisfies Constraints,Throughput (infer/sec),p99 Latency (ms)\n"
          + "add_sub,3,2,add_sub_config_0,1:GPU,8,Yes,500.0,12.5\n"
          + "add_sub,3,1,add_sub_config_0,1:GPU,8,Yes,300.0,12.5\n"
          + "add_sub,1,1,add_sub_config_1,2:GPU,8,No,250.0,6.0\n\n";

  /** One request in flight, one after another: 10, 30 and 20 ns in the only window. */
  public static final String EXPORT_JSON =
      """
      {"experiments":[{"experiment":{"mode":"concurrency","value":1},"requests":[
      {"timestamp":100,"request_inputs":{"IDS":[7,8]},"response_timestamps":[110],
       "response_outputs":[{"OUT":[0]}]},
      {"timestamp":120,"request_inputs":{"IDS":[7,8]},"response_timestamps":[150],
       "response_outputs":[{"OUT":[0]}]},
      {"timestamp":160,"request_inputs":{"IDS":[7,8]},"response_timestamps":[180],
       "response_outputs":[{"OUT":[0]}]}],
      "window_boundaries":[90,200]}],"version":"","service_kind":"triton","endpoint":""}
      """;

  /** Between the bodies batch 1 ran 10 times in 1000 + 49_000 + 2000 ns. */
  public static final String STATISTICS =
      statistics(5, 500, 20_000, 1000) + statistics(15, 1500, 69_000, 3000);

  /** Two shapes of one variant; the second was executed often enough for a percentile. */
  static final String PROFILE =
      """
      {"form":"waip-profile","version":1,
      "provenance":{"cpu":"x","jitter_p99_over_median":1.2},
      "measurements":[
      {"variant":"m","device":"cpu","threads":2,"batch":1,"length":16,"median_ns":1200,
       "p99_ns":null,"samples":40},
      {"variant":"m","device":"cpu","threads":2,"batch":4,"length":16,"median_ns":4000,
       "p99_ns":5000,"samples":200}]}
      """;

  /** Two operators, 1.5 ms at 64 tokens and 2.5 ms at 128. */
  public static final String VIDUR_CSV =
      """
      time_stats.emb.median,time_stats.add.median,num_tokens,num_tensor_parallel_workers
      1.0,0.5,64,1
      2.0,0.5,128,1
      """;

  /** A run of 4 prompts of 512 tokens that writes 128. */
  public static final String SPLITWISE_CSV =
      """
      model,hardware,prompt_size,batch_size,token_size,prompt_time,token_time,tensor_parallel
      llama2-70b,a100-80gb,512,4,128,196.5,54.25,2
      """;

  private Samples() {}

  /** A body of statistics with one model and one batch size. */
  public static String statistics(long count, long input, long infer, long output) {
    return body("m", "1", batch(1, count, input, infer, output));
  }

  public static String body(String model, String version, String batches) {
    return """
    {"model_stats":[{"name":"%s","version":"%s","last_inference":1,"inference_count":9,\
    "execution_count":9,"inference_stats":{"success":{"count":9,"ns":9}},\
    "response_stats":{},"batch_stats":[%s],"memory_usage":[]}]}
    """
        .formatted(model, version, batches);
  }

  public static String batch(long size, long count, long input, long infer, long output) {
    return """
    {"batch_size":%d,"compute_input":{"count":%d,"ns":%d},\
    "compute_infer":{"count":%d,"ns":%d},"compute_output":{"count":%d,"ns":%d}}\
    """
        .formatted(size, count, input, count, infer, count, output);
  }

  /** Returns a text with line feeds for bars and one at its end. */
  public static String lines(String barred) {
    return barred.replace('|', '\n') + "\n";
  }

  public static Path write(Path folder, String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what a reader says of a bad file: one line with the three parts and the place. */
  public static String refusal(MeasurementReader reader, Path file) {
    MeasurementFormatException refused =
        catchThrowableOfType(MeasurementFormatException.class, () -> reader.read(file));
    assertThat(refused).as("%s was read", file).isNotNull();
    return checked(file, String.valueOf(refused.getMessage()));
  }

  /** Returns the message without the folder. */
  public static String checked(Path file, String message) {
    assertThat(message)
        .startsWith(file.toString())
        .contains("; allowed: ", "; remedy: ")
        .doesNotContain("\n");
    return message.substring(String.valueOf(file.getParent()).length() + 1);
  }
}
