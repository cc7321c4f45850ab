"""A perceptron of two layers in ONNX Runtime: Y = tanh(X W1) W2, weights drawn from a fixed seed."""

import numpy as np
import onnxruntime
import triton_python_backend_utils as pb
from onnx import TensorProto, helper, numpy_helper


class TritonPythonModel:
    def initialize(self, args):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(_model(), options, providers=["CPUExecutionProvider"])

    def execute(self, requests):
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        x = pb.get_input_tensor_by_name(request, "X").as_numpy()
        rows = np.full((len(x), 1), len(x), dtype=np.int32)
        return pb.InferenceResponse(output_tensors=[
            pb.Tensor("Y", self.session.run(["Y"], {"X": x})[0]), pb.Tensor("BATCH", rows)])


def _model():
    random = np.random.RandomState(7)
    weights = [
        numpy_helper.from_array(random.standard_normal((16, 32)).astype(np.float32), "W1"),
        numpy_helper.from_array(random.standard_normal((32, 8)).astype(np.float32), "W2"),
    ]
    nodes = [
        helper.make_node("MatMul", ["X", "W1"], ["H"]),
        helper.make_node("Tanh", ["H"], ["T"]),
        helper.make_node("MatMul", ["T", "W2"], ["Y"]),
    ]
    graph = helper.make_graph(
        nodes, "perceptron",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, ["batch", 16])],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, ["batch", 8])],
        weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return model.SerializeToString()
