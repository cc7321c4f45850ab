@NullMarked
package io.waip.scheduler.plan.shift;

import org.jspecify.annotations.NullMarked;
