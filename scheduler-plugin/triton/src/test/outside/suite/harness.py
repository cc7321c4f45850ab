"""What every case uses: registration, calls and answers, and the comparison of a front with its target."""

import dataclasses
import time
import traceback

import numpy as np
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

FRONT_PREFIX = "front_"


class Skip(Exception):
    """A case that cannot run here, and why."""


@dataclasses.dataclass(frozen=True)
class Server:
    """Where the server listens; `front_prefix` before a target's name is the name of its front model."""

    http: str
    grpc: str
    front_prefix: str = FRONT_PREFIX
    pid: int = 0

    def front(self, target):
        return self.front_prefix + target


@dataclasses.dataclass(frozen=True)
class Call:
    """One request, whatever client sends it. Inputs and parameters are (name, value) pairs."""

    model: str
    inputs: tuple
    outputs: tuple | None = None
    version: str = ""
    id: str = ""
    parameters: tuple = ()
    sequence: tuple | None = None
    timeout_micros: int | None = None

    def to(self, model):
        return dataclasses.replace(self, model=model)


@dataclasses.dataclass(frozen=True)
class Tensor:
    name: str
    datatype: str
    shape: tuple
    array: np.ndarray = dataclasses.field(compare=False)
    content: bytes

    @staticmethod
    def of(name, datatype, shape, array):
        array = np.zeros(shape) if array is None else array
        if array.dtype == np.object_:
            content = repr([bytes(each) if not isinstance(each, str) else each.encode() for each in array.flatten()]).encode()
        else:
            content = array.tobytes()
        return Tensor(name, datatype, tuple(int(each) for each in shape), array, content)


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came back, without the model's name: that one differs between a front and its target."""

    version: str
    id: str
    outputs: tuple

    def array(self, name):
        for tensor in self.outputs:
            if tensor.name == name:
                return tensor.array
        raise AssertionError(f"no output {name} in {[tensor.name for tensor in self.outputs]}")


@dataclasses.dataclass(frozen=True)
class Failure:
    """An error as the client sees it: its code, and its text without the model's name."""

    code: str
    message: str

    @staticmethod
    def of(error, model):
        target = model.removeprefix(FRONT_PREFIX)
        message = str(error.message()).replace(FRONT_PREFIX, "").replace(target, "MODEL")
        return Failure(str(error.status()), message)


_CASES = []


def case(name, group):
    """Registers a function of a Server as a case. Groups are run together; see run.py."""

    def register(function):
        _CASES.append((name, group, function))
        return function

    return register


def add_case(name, group, function):
    _CASES.append((name, group, function))


def cases(group):
    return [(name, function) for name, its_group, function in _CASES if its_group == group]


def run_case(name, function, server):
    """Runs one case and says how it ended, as the JSON object that the integration test reads."""
    begun = time.monotonic()
    status, message = "passed", ""
    try:
        function(server)
    except Skip as skip:
        status, message = "skipped", str(skip)
    except AssertionError as error:
        status, message = "failed", str(error) or traceback.format_exc()
    except Exception:  # the top of a case: whatever a client threw is its failure
        status, message = "failed", traceback.format_exc()
    return {"name": name, "status": status, "message": message, "seconds": round(time.monotonic() - begun, 3)}


def outcome(client, call):
    """The list of answers to a call, or how it failed."""
    try:
        return client.infer(call)
    except InferenceServerException as error:
        return Failure.of(error, call.model)


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def check_equal(actual, expected, what):
    if actual != expected:
        actual, expected = _different(actual, expected)
        raise AssertionError(f"{what}: {_shown(actual)} where {_shown(expected)} was expected")


def _different(actual, expected):
    """Of two lists of answers with the same outputs, the outputs that differ."""
    if not (isinstance(actual, list) and isinstance(expected, list) and len(actual) == len(expected)):
        return actual, expected
    pairs = [(one, other) for one, other in zip(actual, expected) if one != other]
    if not all(isinstance(each, Answer) for pair in pairs for each in pair):
        return actual, expected
    if any(len(one.outputs) != len(other.outputs) or (one.version, one.id) != (other.version, other.id) for one, other in pairs):
        return actual, expected
    tensors = [(a, b) for one, other in pairs for a, b in zip(one.outputs, other.outputs) if a != b]
    return [a for a, _ in tensors], [b for _, b in tensors]


def _shown(value):
    text = repr(value)
    return text if len(text) <= 1500 else text[:1500] + "..."


def check_same(client, server, call, expect_failure=False):
    """Sends a call to the target and to its front, and wants the same bytes, or the same error, back."""
    direct = outcome(client, call)
    check_equal(isinstance(direct, Failure), expect_failure, f"the direct call gave {_shown(direct)}; failed")
    fronted = outcome(client, call.to(server.front(call.model)))
    check_equal(fronted, direct, f"front of {call.model}")
    return direct


def check_close(actual, expected, ignored=(), tolerance=1e-5):
    """Wants the same outputs in the same shapes, floats within the tolerance, everything else equal."""
    check_equal([each.name for each in actual.outputs], [each.name for each in expected.outputs], "outputs")
    for one, other in zip(actual.outputs, expected.outputs):
        if one.name in ignored:
            continue
        check_equal((one.datatype, one.shape), (other.datatype, other.shape), f"type and shape of {one.name}")
        if one.array.dtype.kind == "f":
            difference = float(np.max(np.abs(one.array - other.array), initial=0))
            check(difference <= tolerance, f"{one.name} differs by {difference}, more than {tolerance}")
        else:
            check_equal(one.content, other.content, one.name)


def triton_type(array):
    return "BYTES" if array.dtype == np.object_ else np_to_triton_dtype(array.dtype)
