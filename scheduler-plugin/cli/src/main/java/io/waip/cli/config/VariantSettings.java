package io.waip.cli.config;

import java.util.OptionalDouble;

/**
 * One concrete form of a service's model.
 *
 * @param model name of the concrete model, distinct in its service
 * @param quality agreement with the reference, {@code [0, 1]}; empty when it is measured by shadow
 *     agreement
 */
public record VariantSettings(String model, OptionalDouble quality) {}
