package io.waip.triton.embedded;

/** How much the core writes to its log; each level includes those before it. */
public enum LogLevel {
  /** What failed. */
  ERROR,
  /** What looks wrong. */
  WARNING,
  /** Start, stop, and models that come and go. */
  INFO,
  /** Each request's way through the core; slows it down. */
  VERBOSE
}
