/**
 * {@code waip plan --shift}: from files of deferrable jobs and a forecast of energy to hours in
 * which to work, beside doing all at once.
 */
@NullMarked
package io.waip.cli.plan.shift;

import org.jspecify.annotations.NullMarked;
