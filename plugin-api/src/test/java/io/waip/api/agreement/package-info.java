/** Tests of the records of agreement. */
@NullMarked
package io.waip.api.agreement;

import org.jspecify.annotations.NullMarked;
