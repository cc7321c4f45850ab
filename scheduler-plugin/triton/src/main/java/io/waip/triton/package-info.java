/**
 * The Triton driver: the planner's side of the rings, and the embedded server.
 *
 * <p>Vendor types of Triton and JavaCPP stay inside this module.
 */
@NullMarked
package io.waip.triton;

import org.jspecify.annotations.NullMarked;
