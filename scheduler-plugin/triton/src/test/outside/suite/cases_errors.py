"""What goes wrong at a target goes wrong in the same way, with the same code, through its front."""

import dataclasses
import functools

import numpy as np

import calls
from clients import WAYS
from harness import Call, Failure, add_case, check, check_same

_WAYS = ("http", "grpc", "grpc-stream", "http-asyncio", "grpc-asyncio", "grpc-shared-memory")
_ROW = np.ones((1, 4), dtype=np.float32)
_INTS = np.ones((1, 4), dtype=np.int32)


def _scenarios():
    good = calls.mixer()
    yield "unknown model", dataclasses.replace(good, model="nosuchmodel"), "nosuchmodel"
    yield "unknown version", calls.versions("9"), "version"
    yield "wrong rank", Call("mixer", (("A", np.ones(4, dtype=np.float32)), ("B", _INTS)), good.outputs), "batch"
    yield "wrong dimension", Call("mixer", (("A", np.ones((1, 5), dtype=np.float32)), ("B", _INTS)), good.outputs), "shape"
    yield "rows that differ", Call("mixer", (("A", np.ones((2, 4), dtype=np.float32)), ("B", _INTS)), good.outputs), "batch"
    yield "more rows than the batch holds", calls.mixer(rows=17), "batch"
    yield "wrong type", Call("mixer", (("A", _ROW.astype(np.float64)), ("B", _INTS)), good.outputs), "type"
    yield "missing input", Call("mixer", (("A", _ROW),), good.outputs), "input"
    yield "unknown input", Call("mixer", (("A", _ROW), ("B", _INTS), ("C", _ROW)), good.outputs), "input"
    yield "unknown output", dataclasses.replace(good, outputs=("SUM", "NOTHING")), "output"
    for code in ("UNKNOWN", "INTERNAL", "NOT_FOUND", "INVALID_ARG", "UNAVAILABLE", "UNSUPPORTED", "ALREADY_EXISTS", "CANCELLED"):
        yield f"target fails with {code}", calls.failing(code), f"the model says {code}"
    yield "target raises", calls.failing("raise"), "the model raised"


def _fails_alike(call, hint, way, server):
    client = WAYS[way](server)
    try:
        failure = check_same(client, server, call, expect_failure=True)
        text = failure.message.replace("MODEL", call.model).lower()
        check(hint.lower() in text, f"the direct call fails for another reason than wanted: {failure}")
        after = check_same(client, server, calls.mixer())
        check(not isinstance(after, Failure), f"the next call succeeds: {after}")
    finally:
        client.close()


for _way in _WAYS:
    for _name, _call, _hint in _scenarios():
        add_case(f"{_name}, {_way}", "errors", functools.partial(_fails_alike, _call, _hint, _way))


def _decoupled_over_http(way, server):
    """Neither HTTP nor a plain gRPC call takes a decoupled model; the front refuses like its target."""
    client = WAYS[way](server)
    try:
        check_same(client, server, calls.repeat(2), expect_failure=True)
    finally:
        client.close()


for _way in ("http", "grpc"):
    add_case(f"decoupled model, {_way}", "errors", functools.partial(_decoupled_over_http, _way))
