/**
 * What serving takes besides time: memory, energy, money, carbon and quality. Facts (devices,
 * models, measured quality), prices and preferences are types of their own, so that each can change
 * alone; every figure carries its confidence and the sources it rests on, and one that nobody knows
 * stays unknown through all arithmetic. Pure values; any thread.
 */
@NullMarked
package io.waip.api.resource;

import org.jspecify.annotations.NullMarked;
