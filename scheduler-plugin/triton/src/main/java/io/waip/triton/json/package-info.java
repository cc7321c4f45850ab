/** The little JSON that configurations of models need. */
@NullMarked
package io.waip.triton.json;

import org.jspecify.annotations.NullMarked;
