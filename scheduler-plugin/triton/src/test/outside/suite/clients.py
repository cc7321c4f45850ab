"""The ways of tritonclient to a server, each behind one call: `infer(Call)` to the list of Answers."""

import asyncio
import queue
import time
import uuid

import numpy as np
import tritonclient.grpc as grpc
import tritonclient.grpc.aio as grpc_aio
import tritonclient.http as http
import tritonclient.http.aio as http_aio
import tritonclient.utils.shared_memory as shm
from tritonclient.utils import InferenceServerException, serialize_byte_tensor, triton_to_np_dtype

from harness import Answer, Tensor, triton_type

_TIMEOUT_SECONDS = 60
_REGION_BYTES = 1 << 23


def _inputs(module, call, **binary):
    inputs = []
    for name, array in call.inputs:
        tensor = module.InferInput(name, list(array.shape), triton_type(array))
        tensor.set_data_from_numpy(array, **binary)
        inputs.append(tensor)
    return inputs


def _outputs(module, call, **binary):
    if call.outputs is None:
        return None
    return [module.InferRequestedOutput(name, **binary) for name in call.outputs]


def _options(call):
    options = {"model_version": call.version, "request_id": call.id}
    if call.parameters:
        options["parameters"] = dict(call.parameters)
    if call.sequence is not None:
        sequence, start, end = call.sequence
        options.update(sequence_id=sequence, sequence_start=start, sequence_end=end)
    if call.timeout_micros is not None:
        options["timeout"] = call.timeout_micros
    return options


def _http_answer(result):
    response = result.get_response()
    outputs = tuple(
        Tensor.of(each["name"], each["datatype"], each["shape"], result.as_numpy(each["name"]))
        for each in response.get("outputs", []))
    return Answer(response["model_version"], response.get("id", ""), outputs)


def _grpc_answer(result):
    response = result.get_response()
    outputs = tuple(
        Tensor.of(each.name, each.datatype, each.shape, result.as_numpy(each.name)) for each in response.outputs)
    return Answer(response.model_version, response.id, outputs)


def _is_final(result):
    return result.get_response().parameters["triton_final_response"].bool_param


def _has_answer(result):
    return len(result.get_response().outputs) > 0


class Http:
    """HTTP, tensors as binary data."""

    def __init__(self, server):
        self._client = http.InferenceServerClient(server.http, network_timeout=_TIMEOUT_SECONDS)

    def infer(self, call):
        result = self._client.infer(call.model, _inputs(http, call), outputs=_outputs(http, call), **_options(call))
        return [_http_answer(result)]

    def close(self):
        self._client.close()


class HttpJson(Http):
    """HTTP, tensors as JSON numbers."""

    def infer(self, call):
        result = self._client.infer(
            call.model, _inputs(http, call, binary_data=False),
            outputs=_outputs(http, call, binary_data=False), **_options(call))
        return [_http_answer(result)]


class Grpc:
    """gRPC, one answer to one request."""

    def __init__(self, server):
        self._client = grpc.InferenceServerClient(server.grpc)

    def infer(self, call):
        result = self._client.infer(
            call.model, _inputs(grpc, call), outputs=_outputs(grpc, call), client_timeout=_TIMEOUT_SECONDS, **_options(call))
        return [_grpc_answer(result)]

    def close(self):
        self._client.close()


class GrpcStream:
    """A gRPC stream: any number of answers to one request, ended by the final flag."""

    def __init__(self, server):
        self._client = grpc.InferenceServerClient(server.grpc)

    def infer(self, call):
        replies = queue.Queue()
        self._client.start_stream(callback=lambda result, error: replies.put((result, error)))
        try:
            self._client.async_stream_infer(
                call.model, _inputs(grpc, call), outputs=_outputs(grpc, call), enable_empty_final_response=True, **_options(call))
            return _until_final(replies)
        finally:
            self._client.stop_stream()

    def close(self):
        self._client.close()


def _until_final(replies):
    answers = []
    while True:
        result, error = replies.get(timeout=_TIMEOUT_SECONDS)
        if error is not None:
            raise error
        if _has_answer(result):
            answers.append(_grpc_answer(result))
        if _is_final(result):
            return answers


class HttpAsyncio:
    """HTTP through asyncio."""

    def __init__(self, server):
        self._url = server.http

    def infer(self, call):
        return asyncio.run(self._infer(call))

    async def _infer(self, call):
        async with http_aio.InferenceServerClient(self._url) as client:
            result = await client.infer(call.model, _inputs(http_aio, call), outputs=_outputs(http_aio, call), **_options(call))
            return [_http_answer(result)]

    def close(self):
        pass


class GrpcAsyncio:
    """gRPC through asyncio."""

    def __init__(self, server):
        self._url = server.grpc

    def infer(self, call):
        return asyncio.run(self._infer(call))

    async def _infer(self, call):
        async with grpc_aio.InferenceServerClient(self._url) as client:
            result = await client.infer(
                call.model, _inputs(grpc, call), outputs=_outputs(grpc, call), client_timeout=_TIMEOUT_SECONDS, **_options(call))
            return [_grpc_answer(result)]

    def close(self):
        pass


class GrpcAsyncioStream(GrpcAsyncio):
    """A gRPC stream through asyncio."""

    async def _infer(self, call):
        async def requests():
            yield {
                "model_name": call.model, "inputs": _inputs(grpc, call), "outputs": _outputs(grpc, call),
                "enable_empty_final_response": True, **_options(call)}

        answers, failure = [], None
        async with grpc_aio.InferenceServerClient(self._url) as client:
            # To the end of the stream: Triton 24.10 never lets go of a decoupled model whose client leaves earlier.
            async for result, error in client.stream_infer(requests(), stream_timeout=_TIMEOUT_SECONDS):
                failure = failure or error
                if error is None and _has_answer(result):
                    answers.append(_grpc_answer(result))
        if failure is not None:
            raise failure
        return answers


class SharedMemory:
    """Inputs and outputs in system shared memory, requests through one of the two protocols."""

    def __init__(self, module, client, answer):
        self._module = module
        self._client = client
        self._answer = answer

    def infer(self, call):
        regions = []
        try:
            inputs = [self._input(regions, name, array) for name, array in call.inputs]
            outputs = {name: self._region(regions, _REGION_BYTES) for name in call.outputs}
            requested = []
            for name, (region, _) in outputs.items():
                output = self._module.InferRequestedOutput(name)
                output.set_shared_memory(region, _REGION_BYTES)
                requested.append(output)
            result = self._client.infer(call.model, inputs, outputs=requested, **_options(call))
            return [self._read(result, outputs)]
        finally:
            for region, handle in regions:
                self._unregister(region)
                shm.destroy_shared_memory_region(handle)

    def _unregister(self, region):
        """The server lets go of a region a moment after it answered the call that used it."""
        end = time.monotonic() + _TIMEOUT_SECONDS
        while True:
            try:
                return self._client.unregister_system_shared_memory(region)
            except InferenceServerException as error:
                if "in use" not in str(error) or time.monotonic() > end:
                    raise

    def _region(self, regions, size):
        name = "waip_outside_" + uuid.uuid4().hex
        handle = shm.create_shared_memory_region(name, "/" + name, size)
        regions.append((name, handle))
        self._client.register_system_shared_memory(name, "/" + name, size)
        return name, handle

    def _input(self, regions, name, array):
        content = np.frombuffer(serialize_byte_tensor(array).item(), dtype=np.uint8) if array.dtype == np.object_ else array
        size = max(content.nbytes, 1)
        region, handle = self._region(regions, size)
        shm.set_shared_memory_region(handle, [content])
        tensor = self._module.InferInput(name, list(array.shape), triton_type(array))
        tensor.set_shared_memory(region, content.nbytes)
        return tensor

    def _read(self, result, outputs):
        tensors = []
        for name, (_, handle) in outputs.items():
            described = result.get_output(name)
            datatype, shape = _described(described)
            array = shm.get_contents_as_numpy(handle, triton_to_np_dtype(datatype), list(shape)).copy()
            tensors.append(Tensor.of(name, datatype, shape, array))
        seen = self._answer(result)
        return Answer(seen.version, seen.id, tuple(tensors))

    def close(self):
        self._client.close()


def _described(output):
    if isinstance(output, dict):
        return output["datatype"], output["shape"]
    return output.datatype, output.shape


def _http_head(result):
    response = result.get_response()
    return Answer(response["model_version"], response.get("id", ""), ())


def _grpc_head(result):
    response = result.get_response()
    return Answer(response.model_version, response.id, ())


def http_shared_memory(server):
    return SharedMemory(http, http.InferenceServerClient(server.http, network_timeout=_TIMEOUT_SECONDS), _http_head)


def grpc_shared_memory(server):
    return SharedMemory(grpc, grpc.InferenceServerClient(server.grpc), _grpc_head)


# Every way, by the name its cases carry.
WAYS = {
    "http": Http,
    "http-json": HttpJson,
    "grpc": Grpc,
    "grpc-stream": GrpcStream,
    "http-asyncio": HttpAsyncio,
    "grpc-asyncio": GrpcAsyncio,
    "grpc-asyncio-stream": GrpcAsyncioStream,
    "http-shared-memory": http_shared_memory,
    "grpc-shared-memory": grpc_shared_memory,
}

__all__ = ["WAYS", "InferenceServerException"]
