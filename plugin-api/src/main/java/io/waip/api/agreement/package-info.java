/** What it means that a cheaper variant of a service agrees with its reference. */
@NullMarked
package io.waip.api.agreement;

import org.jspecify.annotations.NullMarked;
