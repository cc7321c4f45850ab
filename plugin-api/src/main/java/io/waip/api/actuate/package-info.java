/**
 * Carrying out what a plan says of a model: settings, who puts them in force, and how that ended.
 *
 * <p>A wanted setting enters through {@link io.waip.api.actuate.Actuator#apply}; what is in force
 * then leaves as an {@link io.waip.api.actuate.Actuation}. Nothing here decides what to want.
 * Threads: one control thread, off the request path.
 */
@NullMarked
package io.waip.api.actuate;

import org.jspecify.annotations.NullMarked;
