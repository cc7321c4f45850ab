package io.waip.api.schedule;

/** Whether an endpoint may be given work. */
public enum EndpointState {
  /** Takes work. */
  UP,
  /** Finishes what it has and takes nothing new. */
  DRAINING,
  /** Takes nothing. */
  DOWN
}
