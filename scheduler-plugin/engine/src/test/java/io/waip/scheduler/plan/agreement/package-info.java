/** Tests of what is known of a variant's quality. */
@NullMarked
package io.waip.scheduler.plan.agreement;

import org.jspecify.annotations.NullMarked;
