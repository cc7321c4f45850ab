/**
 * {@code waip plan}: from a configuration and requests to a plan, what it is predicted to do, what
 * limits it, and how many devices would be enough.
 */
@NullMarked
package io.waip.cli.plan;

import org.jspecify.annotations.NullMarked;
