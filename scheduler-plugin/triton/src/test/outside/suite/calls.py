"""Requests to the targets, with inputs drawn from fixed seeds."""

import numpy as np

from harness import Call

_RANDOM_TEXT = [b"", b"waip", "größer".encode(), b"a\nb", b"x" * 300]

# Every type that the Python backend can answer, with values at the ends of its range.
_ENDS = {
    "BOOL": np.array([[True, False, True]]),
    "UINT8": np.array([[0, 1, 255]], dtype=np.uint8),
    "UINT16": np.array([[0, 1, 65535]], dtype=np.uint16),
    "UINT32": np.array([[0, 1, 2**32 - 1]], dtype=np.uint32),
    "UINT64": np.array([[0, 1, 2**64 - 1]], dtype=np.uint64),
    "INT8": np.array([[-128, 0, 127]], dtype=np.int8),
    "INT16": np.array([[-(2**15), 0, 2**15 - 1]], dtype=np.int16),
    "INT32": np.array([[-(2**31), 0, 2**31 - 1]], dtype=np.int32),
    "INT64": np.array([[-(2**63), 0, 2**63 - 1]], dtype=np.int64),
    "FP16": np.array([[-65504, 0.5, 6e-8]], dtype=np.float16),
    "FP32": np.array([[-3.4e38, 1e-45, 0.1]], dtype=np.float32),
    "FP64": np.array([[-1.7e308, 5e-324, 0.1]], dtype=np.float64),
    "BYTES": np.array([_RANDOM_TEXT], dtype=np.object_),
}
TYPES = tuple(_ENDS)


def identity(*types, rows=1):
    inputs = tuple((f"IN_{each}", np.repeat(_ENDS[each], rows, axis=0)) for each in types)
    return Call("identity", inputs, tuple(f"OUT_{each}" for each in types))


def identity_of(array, datatype):
    return Call("identity", ((f"IN_{datatype}", array),), (f"OUT_{datatype}",))


def mixer(seed=1, rows=1):
    random = np.random.RandomState(seed)
    a = random.standard_normal((rows, 4)).astype(np.float32)
    b = random.randint(-1000, 1000, (rows, 4)).astype(np.int32)
    return Call("mixer", (("A", a), ("B", b)), ("SUM", "HASH"))


def lengths(seed=1, rows=1, length=None):
    random = np.random.RandomState(seed)
    length = length or int(random.randint(1, 40))
    ids = random.randint(1, 64, (rows, length)).astype(np.int64)
    return Call("lengths", (("input_ids", ids), ("attention_mask", np.ones_like(ids))), ("hidden", "pooled"))


def onnx(seed=1, rows=1):
    return Call("onnx", (("X", np.random.RandomState(seed).standard_normal((rows, 16)).astype(np.float32)),), ("Y",))


def versions(version, rows=1):
    x = np.arange(1, 2 * rows + 1, dtype=np.float32).reshape(rows, 2)
    return Call("versions", (("X", x),), ("Y", "VERSION"), version=version)


def facts(**options):
    return Call("facts", (("X", np.ones((1, 1), dtype=np.float32)),), ("FACTS",), **options)


def unbatched():
    x = np.random.RandomState(3).standard_normal((5, 3)).astype(np.float32)
    text = np.array(_RANDOM_TEXT, dtype=np.object_)
    return Call("unbatched", (("X", x), ("TEXT", text)), ("Y", "LENGTHS"))


def repeat(count):
    value = np.array([0.5, -2.0], dtype=np.float32)
    return Call("repeat", (("COUNT", np.array([count], dtype=np.int32)), ("VALUE", value)), ("INDEX", "SCALED"))


def failing(kind):
    return Call("failing", (("KIND", np.array([[kind.encode()]], dtype=np.object_)),), ("KIND_SEEN",))


def hanging(millis, **options):
    return Call("hanging", (("MILLIS", np.array([millis], dtype=np.int32)),), ("CANCELLED",), **options)


def sequence(sequence_id, x, start=False, end=False):
    return Call("sequence", (("X", np.array([[x]], dtype=np.int32)),), ("TOTAL",), sequence=(sequence_id, start, end))


def ensemble(seed=1, rows=1):
    call = mixer(seed, rows)
    return Call("ensemble", call.inputs, ("SUM", "HASH"))
