package io.waip.api.measurement;

/** Part of the work that a measured time covers. */
public enum Phase {
  /** One execution of a model that answers at once; length is the padded input. */
  WHOLE,
  /** The prompts of a decoder; length is the tokens of the longest prompt. */
  PREFILL,
  /** One token of each sequence of a decoder; length is the tokens in its context. */
  DECODE
}
