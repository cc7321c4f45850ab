"""Numbers that belong to one row of A and B only, so an answer in a wrong row is a wrong answer.

BATCH says with how many rows the row ran; it differs between calls and is no part of a comparison.
"""

import numpy as np
import triton_python_backend_utils as pb

_WEIGHTS = np.array([1, 31, 961, 29791], dtype=np.int64)


class TritonPythonModel:
    def execute(self, requests):
        return [_answer(request) for request in requests]


def _answer(request):
    a = pb.get_input_tensor_by_name(request, "A").as_numpy()
    b = pb.get_input_tensor_by_name(request, "B").as_numpy()
    total = (2 * a + b + a.sum(axis=1, keepdims=True)).astype(np.float32)
    digest = (b.astype(np.int64) * _WEIGHTS).sum(axis=1, keepdims=True)
    rows = np.full((len(a), 1), len(a), dtype=np.int32)
    return pb.InferenceResponse(output_tensors=[
        pb.Tensor("SUM", total), pb.Tensor("HASH", digest), pb.Tensor("BATCH", rows)])
