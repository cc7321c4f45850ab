package io.waip.replay.diagnose;

import java.util.Locale;

/** A part of the way of a request, to which delay is attributed. */
public enum Stage {
  /** Before inference: tokenizers and other steps, preparing and copying inputs, cache look-ups. */
  PREPROCESSING,
  /** Waiting for an instance. */
  QUEUE,
  /** Waiting or computing that other batches would have spared. */
  BATCH_COMPOSITION,
  /** Waiting or computing that more memory would have spared. */
  MEMORY,
  /** Executing the model. */
  INFERENCE,
  /** After inference: extracting and copying outputs, further steps. */
  POSTPROCESSING,
  /** What the counters count nowhere: between client and server, between the other stages. */
  OTHER;

  /** Returns the name for people, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
