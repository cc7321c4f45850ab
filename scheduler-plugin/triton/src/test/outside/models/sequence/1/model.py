"""Adds up X over a sequence."""

import numpy as np
import triton_python_backend_utils as pb


class TritonPythonModel:
    def initialize(self, args):
        self.totals = {}

    def execute(self, requests):
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        sequence = int(pb.get_input_tensor_by_name(request, "ID").as_numpy()[0][0])
        if pb.get_input_tensor_by_name(request, "START").as_numpy()[0][0]:
            self.totals[sequence] = 0
        self.totals[sequence] += int(pb.get_input_tensor_by_name(request, "X").as_numpy()[0][0])
        return pb.InferenceResponse(output_tensors=[
            pb.Tensor("TOTAL", np.array([[self.totals[sequence]]], dtype=np.int32))])
