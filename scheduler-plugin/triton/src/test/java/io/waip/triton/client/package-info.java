@NullMarked
package io.waip.triton.client;

import org.jspecify.annotations.NullMarked;
