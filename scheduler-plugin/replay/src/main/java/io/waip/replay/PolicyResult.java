package io.waip.replay;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one policy made of a workload. The outcome counts add up to the requests offered.
 *
 * @param policy name
 * @param goodputRps requests completed in time per second of the window; work without deadline
 *     counts when completed inside the window
 * @param goodputOverLimit the same over the limit; null where the limit is 0
 * @param attainment the same over all requests offered, {@code [0, 1]}
 * @param batches number of batches run
 * @param meanBatch requests in a batch, mean; 0 without batches
 * @param busyShare worker time in batches over workers times window; above 1 where work runs on
 *     after the window
 * @param p50Ms median latency of what was answered, in time or late, from the intended arrival,
 *     milliseconds; null where nothing was
 * @param p99Ms 99th percentile of the same
 * @param completed answered within the deadline
 * @param late answered after it
 * @param rejected refused on arrival
 * @param evicted removed from the queue
 * @param failed ended by an error
 * @param cancelled withdrawn
 * @param attainmentByTier for each tier that occurs
 * @param attainmentByTenant for each tenant that occurs
 * @param attainmentByLengthFifth for the shortest to the longest fifth of the requests; empty where
 *     all lengths are equal
 * @param decisionHash over every event and decision, 64 hexadecimal digits
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PolicyResult(
    String policy,
    double goodputRps,
    @Nullable Double goodputOverLimit,
    double attainment,
    long batches,
    double meanBatch,
    double busyShare,
    @Nullable Double p50Ms,
    @Nullable Double p99Ms,
    long completed,
    long late,
    long rejected,
    long evicted,
    long failed,
    long cancelled,
    Map<String, Double> attainmentByTier,
    Map<String, Double> attainmentByTenant,
    List<Double> attainmentByLengthFifth,
    String decisionHash) {}
