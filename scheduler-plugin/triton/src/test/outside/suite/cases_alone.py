"""One request at a time: a front answers the bytes that its target answers."""

import functools
import json
import urllib.request

import numpy as np

import calls
from clients import WAYS
from harness import add_case, case, check, check_equal, check_same

_STREAMS = ("grpc-stream", "grpc-asyncio-stream")
_LARGE = np.random.RandomState(5).standard_normal((8, 100_000)).astype(np.float32)
_BINARY_TEXT = np.array([[bytes(range(256)), b"\x00\xff\xfe", b""]], dtype=np.object_)


def _scenarios():
    for datatype in calls.TYPES:
        yield f"identity {datatype}", calls.identity(datatype, rows=2)
    yield "identity of all inputs", calls.identity(*calls.TYPES, rows=3)
    yield "identity of two optional inputs", calls.identity("INT32", "FP32")
    yield "identity of no elements", calls.identity_of(np.zeros((2, 0), dtype=np.float32), "FP32")
    yield "identity of binary text", calls.identity_of(_BINARY_TEXT, "BYTES")
    yield "identity of 3 MB", calls.identity_of(_LARGE, "FP32")
    yield "model without a batch axis", calls.unbatched()
    for rows in (1, 3, 16):
        yield f"mixer of {rows} rows", calls.mixer(rows, rows)
    for length in (1, 37):
        yield f"lengths of {length} tokens", calls.lengths(2, 2, length)
    yield "onnx", calls.onnx(rows=5)
    for version in ("", "1", "2"):
        yield f"version '{version}'", calls.versions(version, rows=2)
    yield "request id", calls.facts(id="an-id-7")
    yield "parameters", calls.facts(parameters=(("text", "gold"), ("number", 7), ("flag", True)))
    yield "planner's parameters", calls.facts(
        parameters=(("tenant", "gold"), ("tier", "interactive"), ("deadline_ms", 30000), ("region", "eu")))
    yield "idempotency key", calls.facts(parameters=(("idempotency_key", "k-1"),))
    yield "time-out", calls.facts(timeout_micros=30_000_000)
    yield "ensemble with a front in it", calls.ensemble(rows=2)
    yield "model that can fail, not failing", calls.failing("fine")


def _fits(way, name):
    """JSON has no 16-bit float and no bytes that are not text; the shared regions hold no empty tensor."""
    if way == "http-json":
        return "FP16" not in name and "binary" not in name and "all inputs" not in name
    if way.endswith("shared-memory"):
        return "no elements" not in name
    return True


def _same(call, way, server):
    client = WAYS[way](server)
    try:
        answers = check_same(client, server, call)
        check_equal(len(answers), 1, "answers")
        if call.outputs is not None:
            check_equal({each.name for each in answers[0].outputs}, set(call.outputs), "outputs")
    finally:
        client.close()


for _way in WAYS:
    for _name, _call in _scenarios():
        if _fits(_way, _name):
            add_case(f"{_name}, {_way}", "alone", functools.partial(_same, _call, _way))


def _streamed(count, way, server):
    client = WAYS[way](server)
    try:
        outcome = check_same(client, server, calls.repeat(count), expect_failure=count < 0)
        if count >= 0:
            check_equal(len(outcome), count, "answers")
            check_equal([int(each.array("INDEX")[0]) for each in outcome], list(range(count)), "order of answers")
    finally:
        client.close()


for _way in _STREAMS:
    for _count in (0, 1, 2, 50, -1, -4):
        add_case(f"decoupled with {_count} answers, {_way}", "alone", functools.partial(_streamed, _count, _way))


def _sequences(way, server):
    """Two sequences in turn, each with its own total, on the target and through the front."""
    client = WAYS[way](server)
    try:
        totals = {}
        for model, base in (("sequence", 100), (server.front("sequence"), 200)):
            seen = []
            for step in range(4):
                for sequence_id in (base + 1, base + 2):
                    call = calls.sequence(sequence_id, step + sequence_id % 10, start=step == 0, end=step == 3)
                    seen.append(int(client.infer(call.to(model))[0].array("TOTAL")[0][0]))
            totals[model] = seen
        # Steps add 1,2,3,4 to one sequence and 2,3,4,5 to the other.
        check_equal(totals["sequence"], [1, 2, 3, 5, 6, 9, 10, 14], "totals of direct calls")
        check_equal(totals[server.front("sequence")], totals["sequence"], "totals through the front")
    finally:
        client.close()


for _way in ("http", "grpc", "grpc-stream"):
    add_case(f"two sequences in turn, {_way}", "alone", functools.partial(_sequences, _way))


def _post(server, model, body, headers):
    request = urllib.request.Request(f"http://{server.http}/v2/models/{model}/infer", data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return dict(response.headers), response.read()


@case("whole HTTP response, JSON", "alone")
def whole_json_response(server):
    body = json.dumps({
        "id": "j",
        "inputs": [
            {"name": "A", "shape": [2, 4], "datatype": "FP32", "data": [1, 2, 3, 4, 5, 6, 7, 8]},
            {"name": "B", "shape": [2, 4], "datatype": "INT32", "data": [8, 7, 6, 5, 4, 3, 2, 1]}],
        "outputs": [{"name": "SUM"}, {"name": "HASH"}]}).encode()
    front = server.front("mixer")
    headers, direct = _post(server, "mixer", body, {"Content-Type": "application/json"})
    front_headers, fronted = _post(server, front, body, {"Content-Type": "application/json"})
    check_equal(fronted.replace(front.encode(), b"mixer"), direct, "body")
    check_equal(front_headers["Content-Type"], headers["Content-Type"], "content type")
    # Row 0: 2a + b + (1+2+3+4), row 1: 2a + b + (5+6+7+8).
    check_equal(json.loads(direct)["outputs"][0]["data"], [20.0, 21.0, 22.0, 23.0, 40.0, 41.0, 42.0, 43.0], "sums")


@case("whole HTTP response, binary", "alone")
def whole_binary_response(server):
    tensor = np.arange(6, dtype=np.float64).reshape(2, 3).tobytes()
    head = json.dumps({
        "inputs": [{"name": "IN_FP64", "shape": [2, 3], "datatype": "FP64", "parameters": {"binary_data_size": len(tensor)}}],
        "outputs": [{"name": "OUT_FP64", "parameters": {"binary_data": True}}]}).encode()
    headers = {"Inference-Header-Content-Length": str(len(head)), "Content-Type": "application/octet-stream"}
    front = server.front("identity")
    _, direct = _post(server, "identity", head + tensor, headers)
    _, fronted = _post(server, front, head + tensor, headers)
    check_equal(fronted.replace(front.encode(), b"identity"), direct, "body")
    check(direct.endswith(tensor), f"the answer ends with the input's bytes, not with {direct[-48:]!r}")


def _metadata(server, model):
    with urllib.request.urlopen(f"http://{server.http}/v2/models/{model}", timeout=60) as response:
        return json.loads(response.read())


def _same_metadata(model, server):
    direct, fronted = _metadata(server, model), _metadata(server, server.front(model))
    for key in ("versions", "inputs", "outputs"):
        check_equal(fronted[key], direct[key], key)
    check_equal(fronted["name"], server.front(model), "name")


for _model in ("identity", "unbatched", "mixer", "lengths", "versions", "repeat"):
    add_case(f"metadata of {_model}", "alone", functools.partial(_same_metadata, _model))
