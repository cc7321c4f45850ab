/** Tests of the plug-in: WAIP's contract, then what this model adds. */
@NullMarked
package com.example.cost;

import org.jspecify.annotations.NullMarked;
