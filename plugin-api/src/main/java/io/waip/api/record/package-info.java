/** What a scheduler tells of how it decided, for records that explain and reproduce it. */
@NullMarked
package io.waip.api.record;

import org.jspecify.annotations.NullMarked;
