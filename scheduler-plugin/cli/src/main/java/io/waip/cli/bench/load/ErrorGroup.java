package io.waip.cli.bench.load;

/**
 * Errors of one kind.
 *
 * @param code canonical name of the gRPC status
 * @param message the server's
 * @param count of requests answered so
 */
public record ErrorGroup(String code, String message, long count) {}
