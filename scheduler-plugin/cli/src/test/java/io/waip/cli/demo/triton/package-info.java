@NullMarked
package io.waip.cli.demo.triton;

import org.jspecify.annotations.NullMarked;
