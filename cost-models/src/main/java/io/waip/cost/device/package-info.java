/** Facts of devices from vendors' data sheets. */
@NullMarked
package io.waip.cost.device;

import org.jspecify.annotations.NullMarked;
