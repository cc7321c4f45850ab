"""Hangs for MILLIS (at most 20 s) or until it is cancelled, and answers how many calls were cancelled so far."""

import time

import numpy as np
import triton_python_backend_utils as pb

_MAX_MILLIS = 20_000


class TritonPythonModel:
    def initialize(self, args):
        self.cancelled = 0

    def execute(self, requests):
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        millis = int(pb.get_input_tensor_by_name(request, "MILLIS").as_numpy()[0])
        end = time.monotonic() + min(millis, _MAX_MILLIS) / 1000
        while time.monotonic() < end:
            if request.is_cancelled():
                self.cancelled += 1
                return pb.InferenceResponse(error=pb.TritonError("cancelled", pb.TritonError.CANCELLED))
            time.sleep(0.005)
        return pb.InferenceResponse(output_tensors=[pb.Tensor("CANCELLED", np.array([self.cancelled], dtype=np.int32))])
