/** When plans change and are taken back. */
@NullMarked
package io.waip.scheduler.plan.apply;

import org.jspecify.annotations.NullMarked;
