/** Tests of measurements and the choice of their readers. */
@NullMarked
package io.waip.api.measurement;

import org.jspecify.annotations.NullMarked;
