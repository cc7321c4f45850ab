"""Multiplies X by the version that was called."""

import numpy as np
import triton_python_backend_utils as pb


class TritonPythonModel:
    def initialize(self, args):
        self.version = int(args["model_version"])

    def execute(self, requests):
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        x = pb.get_input_tensor_by_name(request, "X").as_numpy()
        versions = np.full((len(x), 1), self.version, dtype=np.int32)
        return pb.InferenceResponse(output_tensors=[pb.Tensor("Y", x * self.version), pb.Tensor("VERSION", versions)])
