/**
 * Tests against a stock tritonserver with the client library that its users have. The server, its
 * models and the client's cases are in {@code src/test/outside}; the integration tests here start
 * the one and run the other.
 */
@NullMarked
package io.waip.triton.stock;

import org.jspecify.annotations.NullMarked;
