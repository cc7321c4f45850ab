package io.waip.replay.diagnose;

/**
 * What Triton counts for each model, in {@code inference_stats}; a request of a batch counts with
 * the time of the whole batch.
 */
public enum Tallied {
  /** Requests answered, from arrival to answer. */
  SUCCESS("success"),
  /** Requests that failed or were refused. */
  FAIL("fail"),
  /** Waiting for an instance. */
  QUEUE("queue"),
  /** Preparing and copying inputs. */
  COMPUTE_INPUT("compute_input"),
  /** Executing. */
  COMPUTE_INFER("compute_infer"),
  /** Extracting and copying outputs. */
  COMPUTE_OUTPUT("compute_output"),
  /** Answers from the response cache. */
  CACHE_HIT("cache_hit"),
  /** Look-ups without an answer, and the insertion after them. */
  CACHE_MISS("cache_miss");

  private final String key;

  Tallied(String key) {
    this.key = key;
  }

  /** Returns the key in Triton's JSON. */
  public String key() {
    return key;
  }
}
