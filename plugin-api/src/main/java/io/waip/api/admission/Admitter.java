package io.waip.api.admission;

import io.waip.api.RequestDescriptor;

/**
 * Decides whether a request may be queued. Admitters are asked in order; the first refusal holds.
 *
 * <p>Single writer; allocates nothing. An admitter that throws stops the engine: it must answer.
 */
public interface Admitter {
  /**
   * Admits or refuses.
   *
   * @param load the state of the engine before this request
   * @param refusal to be filled when refusing
   * @return true to admit
   */
  boolean admit(long nowNanos, RequestDescriptor request, LoadView load, Refusal refusal);
}
