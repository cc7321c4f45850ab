/** Tests of the control loop in a world of virtual time. */
@NullMarked
package io.waip.cli.control;

import org.jspecify.annotations.NullMarked;
