/**
 * Measured execution times as files tell them, before any model: what readers give and fits take.
 * Values and the contract of a reader; any thread.
 */
@NullMarked
package io.waip.api.measurement;

import org.jspecify.annotations.NullMarked;
