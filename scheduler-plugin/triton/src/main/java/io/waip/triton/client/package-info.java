/**
 * The remote client: the Open Inference Protocol (KServe v2) over gRPC, as Triton and other servers
 * speak it. Nothing of gRPC or protobuf shows in its types.
 */
@NullMarked
package io.waip.triton.client;

import org.jspecify.annotations.NullMarked;
