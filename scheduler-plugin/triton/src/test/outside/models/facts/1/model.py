"""Answers what else than tensors a request carries: id, correlation id, flags, time-out and parameters."""

import json

import numpy as np
import triton_python_backend_utils as pb


class TritonPythonModel:
    def execute(self, requests):
        return [_answer(request) for request in requests]


def _answer(request):
    facts = {
        "id": request.request_id(),
        "correlation_id": request.correlation_id(),
        "flags": request.flags(),
        "timeout": request.timeout(),
        "parameters": json.loads(request.parameters() or "{}"),
    }
    rows = len(pb.get_input_tensor_by_name(request, "X").as_numpy())
    text = json.dumps(facts, sort_keys=True).encode()
    return pb.InferenceResponse(output_tensors=[pb.Tensor("FACTS", np.array([[text]] * rows, dtype=np.object_))])
