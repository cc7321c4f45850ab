@NullMarked
package io.waip.onnxruntime;

import org.jspecify.annotations.NullMarked;
