"""Fails the way one of its rows' KIND says: an error code's name, `raise`, `exit`; else it echoes KIND."""

import os

import triton_python_backend_utils as pb

_CODES = ("UNKNOWN", "INTERNAL", "NOT_FOUND", "INVALID_ARG", "UNAVAILABLE", "UNSUPPORTED", "ALREADY_EXISTS", "CANCELLED")


class TritonPythonModel:
    def execute(self, requests):
        return [_answer(request) for request in requests]


def _answer(request):
    kinds = pb.get_input_tensor_by_name(request, "KIND").as_numpy()
    for kind in (each[0].decode() for each in kinds):
        if kind == "raise":
            raise ValueError("the model raised")
        if kind == "exit":
            os._exit(7)
        if kind in _CODES:
            return pb.InferenceResponse(error=pb.TritonError(f"the model says {kind}", getattr(pb.TritonError, kind)))
    return pb.InferenceResponse(output_tensors=[pb.Tensor("KIND_SEEN", kinds)])
