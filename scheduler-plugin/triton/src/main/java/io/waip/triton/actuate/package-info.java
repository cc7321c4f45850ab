/**
 * Puts settings of models in force in a Triton server: {@link
 * io.waip.triton.actuate.LoadWithConfigActuator} where models are loaded by name, {@link
 * io.waip.triton.actuate.ConfigFileActuator} where the server polls its repository, and {@link
 * io.waip.triton.actuate.AdvisingActuator} where nothing may be changed.
 *
 * <p>Settings enter as {@link io.waip.api.actuate.ModelSetting}; the server is reached through
 * {@link io.waip.triton.actuate.ModelServer}. Threads: one control thread; none is started.
 */
@NullMarked
package io.waip.triton.actuate;

import org.jspecify.annotations.NullMarked;
