package io.waip.triton.client;

import io.waip.triton.client.wire.ModelInferRequest;

/** A call in its wire form, so that sending it again builds nothing. Immutable. */
public final class PreparedCall {
  private final ModelInferRequest request;

  PreparedCall(ModelInferRequest request) {
    this.request = request;
  }

  /** Encodes a call. */
  public static PreparedCall of(InferCall call) {
    return new PreparedCall(Messages.request(call));
  }

  ModelInferRequest request() {
    return request;
  }
}
