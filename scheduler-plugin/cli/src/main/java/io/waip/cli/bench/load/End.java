package io.waip.cli.bench.load;

/** How a sent request ended. */
public enum End {
  /** Not yet. */
  OPEN,
  /** Answered with what was asked, within the patience. */
  OK,
  /** Answered with an error. */
  ERROR,
  /** Answered with something else than this request's answer. */
  WRONG,
  /** Not answered within the patience. */
  LOST
}
