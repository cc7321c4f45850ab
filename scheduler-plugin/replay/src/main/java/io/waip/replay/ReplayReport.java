package io.waip.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * The figures of a replay.
 *
 * @param requests number offered
 * @param windowS length of the measured window, seconds
 * @param offeredRps mean offered rate over the window, requests per second
 * @param capacityRps what the workers serve in full batches within the SLO, requests per second
 * @param load offered over capacity
 * @param limitRps what no schedule exceeds, requests per second
 * @param limitOverOffered the same over the offered rate, {@code [0, 1]}
 * @param limitMethod {@code greedy} or {@code flow}
 * @param sloMs latency objective, milliseconds
 * @param workers number of workers
 * @param maxBatch most requests in a batch
 * @param noiseCv coefficient of variation of execution times
 * @param seed of arrivals and noise
 * @param policies one for each policy, in the order asked for
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReplayReport(
    int requests,
    double windowS,
    double offeredRps,
    double capacityRps,
    double load,
    double limitRps,
    double limitOverOffered,
    String limitMethod,
    double sloMs,
    int workers,
    int maxBatch,
    double noiseCv,
    long seed,
    List<PolicyResult> policies) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Copies the list. */
  public ReplayReport {
    policies = List.copyOf(policies);
  }

  /** Returns the figures as JSON, keys in snake case. */
  public String toJson() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and names always have a JSON form", e);
    }
  }
}
