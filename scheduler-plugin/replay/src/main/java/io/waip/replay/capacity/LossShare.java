package io.waip.replay.capacity;

/**
 * Requests that were not completed in time, for one reason.
 *
 * @param cause as the JSON of a replay names the parts of its loss: {@code expired_in_queue},
 *     {@code padding}, {@code idle_while_backlog}, {@code late_in_batch}, {@code failed}, {@code
 *     bound_looseness}; {@code beyond_limit} for those that no schedule serves
 * @param share of all requests offered; they add up to one minus the attainment
 */
public record LossShare(String cause, double share) {}
