package io.waip.replay.diagnose;

import static io.waip.replay.diagnose.Input.CONFIGURATION;
import static io.waip.replay.diagnose.Input.CORES;
import static io.waip.replay.diagnose.Input.METRICS;
import static io.waip.replay.diagnose.Input.OBJECTIVE;
import static io.waip.replay.diagnose.Input.PHASES;
import static io.waip.replay.diagnose.Input.RECORDS;
import static io.waip.replay.diagnose.Input.STATISTICS;
import static io.waip.replay.diagnose.Input.WINDOW;
import static io.waip.replay.diagnose.Stage.BATCH_COMPOSITION;
import static io.waip.replay.diagnose.Stage.INFERENCE;
import static io.waip.replay.diagnose.Stage.MEMORY;
import static io.waip.replay.diagnose.Stage.OTHER;
import static io.waip.replay.diagnose.Stage.POSTPROCESSING;
import static io.waip.replay.diagnose.Stage.PREPROCESSING;
import static io.waip.replay.diagnose.Stage.QUEUE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why requests take longer than they would have to. The set is closed. */
public enum Cause {
  /** A step before the model of an ensemble takes long. */
  SLOW_PREPROCESSING(PREPROCESSING, PREPROCESSING, STATISTICS, CONFIGURATION),
  /** Inputs take long to be gathered and copied. */
  INPUT_COPY(PREPROCESSING, PREPROCESSING, STATISTICS),
  /** A response cache is asked and filled, and seldom has an answer. */
  USELESS_CACHE(PREPROCESSING, OTHER, STATISTICS),
  /** No instance is free, for want of batching. */
  NO_BATCHING(BATCH_COMPOSITION, QUEUE, STATISTICS, CONFIGURATION),
  /** Full batches, and larger ones would serve more. */
  BATCH_CAP(BATCH_COMPOSITION, QUEUE, STATISTICS, CONFIGURATION),
  /** A preferred batch size is sent though more requests wait. */
  PREFERRED_SIZE(BATCH_COMPOSITION, QUEUE, STATISTICS, CONFIGURATION),
  /** Requests of unequal shapes close batches that have room. */
  SHAPE_CUT(BATCH_COMPOSITION, QUEUE, STATISTICS, CONFIGURATION),
  /** Batches formed ahead grow beyond what a batching strategy allows. */
  PREFETCH_OVER_STRATEGY(BATCH_COMPOSITION, INFERENCE, STATISTICS, CONFIGURATION),
  /** Batches take so long that their requests cannot meet the objective. */
  BATCH_OVER_OBJECTIVE(BATCH_COMPOSITION, INFERENCE, STATISTICS, CONFIGURATION, OBJECTIVE),
  /** Short requests are filled up to long ones. */
  PADDING(BATCH_COMPOSITION, INFERENCE, RECORDS),
  /** Device or machine are short of memory. */
  MEMORY_PRESSURE(MEMORY, INFERENCE, STATISTICS, PHASES, METRICS),
  /** The pool of pinned memory is used up, so that copies are slow. */
  PINNED_POOL(MEMORY, PREPROCESSING, STATISTICS, METRICS),
  /** Requests wait for a batch that does not fill. */
  QUEUE_DELAY(QUEUE, QUEUE, STATISTICS, CONFIGURATION, WINDOW),
  /** Time-outs of the clients have no effect. */
  IGNORED_TIMEOUT(QUEUE, QUEUE, STATISTICS, CONFIGURATION),
  /** Requests are refused by a time-out shorter than an execution. */
  SHORT_TIMEOUT(QUEUE, QUEUE, STATISTICS, CONFIGURATION, WINDOW),
  /** Instances are idle while requests wait. */
  IDLE_INSTANCES(QUEUE, QUEUE, STATISTICS, CONFIGURATION, WINDOW),
  /** All instances are busy and the device is not. */
  FEW_INSTANCES(QUEUE, QUEUE, STATISTICS, CONFIGURATION, WINDOW, METRICS),
  /** More is asked for than can be served. */
  OVERLOAD(QUEUE, QUEUE, STATISTICS, CONFIGURATION, WINDOW),
  /** A tenant asks for no more than its share and is not served. */
  STARVED_TENANT(QUEUE, QUEUE, RECORDS),
  /** Requests are refused by a rate limit while workers are idle. */
  RATE_LIMIT(QUEUE, QUEUE, RECORDS),
  /** Executions have more threads than there are cores. */
  THREAD_OVERSUBSCRIPTION(INFERENCE, INFERENCE, STATISTICS, CONFIGURATION, CORES),
  /** The first executions take far longer than later ones. */
  COLD_MODEL(INFERENCE, INFERENCE, STATISTICS, CONFIGURATION, PHASES),
  /** One endpoint is slower than the others at the same work. */
  STRAGGLER(INFERENCE, INFERENCE, RECORDS),
  /** A step after the model of an ensemble takes long. */
  SLOW_POSTPROCESSING(POSTPROCESSING, POSTPROCESSING, STATISTICS, CONFIGURATION),
  /** Outputs take long to be extracted and copied. */
  OUTPUT_COPY(POSTPROCESSING, POSTPROCESSING, STATISTICS);

  private final Stage stage;
  private final Stage countedAs;
  private final int needs;

  Cause(Stage stage, Stage countedAs, Input... needs) {
    this.stage = stage;
    this.countedAs = countedAs;
    int bits = 0;
    for (Input input : needs) {
      bits |= 1 << input.ordinal();
    }
    this.needs = bits;
  }

  /** Returns the stage that its delay is attributed to. */
  public Stage stage() {
    return stage;
  }

  /** Returns the stage in which the server counts its delay. */
  public Stage countedAs() {
    return countedAs;
  }

  /** Returns what is needed to judge it. */
  public List<Input> needs() {
    return Arrays.stream(Input.values())
        .filter(input -> (needs & 1 << input.ordinal()) != 0)
        .toList();
  }

  /** Returns the name for people, such as {@code batch-cap}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
