/**
 * Records of what a scheduler was told, what it decided and why: fixed-layout messages through a
 * ring, written by a thread of their own as a chained file; read back, checked, and run again.
 *
 * <p>The only threads of this module are here. {@code docs/records.md} describes the file.
 */
@NullMarked
package io.waip.replay.records;

import org.jspecify.annotations.NullMarked;
