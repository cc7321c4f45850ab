"""A model without a batch axis: transposes X and counts the bytes of each text."""

import numpy as np
import triton_python_backend_utils as pb


class TritonPythonModel:
    def execute(self, requests):
        return [_answer(request) for request in requests]


def _answer(request):
    x = pb.get_input_tensor_by_name(request, "X").as_numpy()
    text = pb.get_input_tensor_by_name(request, "TEXT").as_numpy()
    lengths = np.array([len(each) for each in text], dtype=np.int32)
    return pb.InferenceResponse(output_tensors=[
        pb.Tensor("Y", np.ascontiguousarray(x.T)), pb.Tensor("LENGTHS", lengths)])
