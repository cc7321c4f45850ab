package io.waip.triton;

/**
 * What a planner loop counted. Written by the planner's thread; read it there or after the loop has
 * ended.
 */
public final class LoopFigures {
  long submitted;
  long dispatched;
  long children;
  long refused;
  long cancelled;
  long gone;
  long badRecords;
  long staleRecords;
  long rebuilds;
  long refreshes;
  long orders;

  LoopFigures() {}

  /** Returns the requests taken from the front. */
  public long submitted() {
    return submitted;
  }

  /** Returns the requests dispatched. */
  public long dispatched() {
    return dispatched;
  }

  /** Returns the children they were dispatched in. */
  public long children() {
    return children;
  }

  /** Returns the requests refused. */
  public long refused() {
    return refused;
  }

  /** Returns the requests that their client withdrew before their decision. */
  public long cancelled() {
    return cancelled;
  }

  /** Returns the requests that went with their channel before their decision. */
  public long gone() {
    return gone;
  }

  /** Returns the records that were garbage. */
  public long badRecords() {
    return badRecords;
  }

  /** Returns the records about something that had ended before. */
  public long staleRecords() {
    return staleRecords;
  }

  /** Returns how often an engine was built because the models changed. */
  public long rebuilds() {
    return rebuilds;
  }

  /** Returns how often predictions were renewed from what was observed. */
  public long refreshes() {
    return refreshes;
  }

  /** Returns how often plans were taken over. */
  public long orders() {
    return orders;
  }

  @Override
  public String toString() {
    return ("submitted=%d dispatched=%d children=%d refused=%d cancelled=%d gone=%d bad_records=%d"
            + " stale_records=%d rebuilds=%d refreshes=%d orders=%d")
        .formatted(
            submitted,
            dispatched,
            children,
            refused,
            cancelled,
            gone,
            badRecords,
            staleRecords,
            rebuilds,
            refreshes,
            orders);
  }
}
