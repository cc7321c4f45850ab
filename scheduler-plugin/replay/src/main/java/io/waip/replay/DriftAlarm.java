package io.waip.replay;

import io.waip.api.drift.Change;
import io.waip.api.drift.Signal;

/**
 * What a watch beside a run found to have drifted.
 *
 * @param subject the worker and variant of a residual, the tenant and service of a class of
 *     requests, else empty
 * @param nanos when it was noticed, from the start of the run
 */
public record DriftAlarm(Signal signal, String subject, Change change, long nanos) {}
