/** A cost model that is a straight line, as a plug-in of WAIP. No I/O, no thread, no state. */
@NullMarked
package com.example.cost;

import org.jspecify.annotations.NullMarked;
