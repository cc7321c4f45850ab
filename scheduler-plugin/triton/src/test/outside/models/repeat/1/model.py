"""Decoupled: COUNT answers to one request, then the final flag; an error in place of answer -COUNT."""

import numpy as np
import triton_python_backend_utils as pb


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            _send(request)


def _send(request):
    sender = request.get_response_sender()
    count = int(pb.get_input_tensor_by_name(request, "COUNT").as_numpy()[0])
    value = pb.get_input_tensor_by_name(request, "VALUE").as_numpy()
    for index in range(abs(count)):
        if index == -count - 1:
            sender.send(pb.InferenceResponse(error=pb.TritonError(f"fails at {index}", pb.TritonError.UNAVAILABLE)))
        else:
            sender.send(pb.InferenceResponse(output_tensors=[
                pb.Tensor("INDEX", np.array([index], dtype=np.int32)),
                pb.Tensor("SCALED", (value * (index + 1)).astype(np.float32))]))
    sender.send(flags=pb.TRITONSERVER_RESPONSE_COMPLETE_FINAL)
