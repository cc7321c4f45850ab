"""Loading and unloading of fronts and targets under load, and what a front's load refuses."""

import functools
import json
import os
import re
import time
import urllib.request

import tritonclient.grpc as grpc

import calls
from clients import Grpc, InferenceServerException
from harness import Skip, add_case, case, check, check_equal, check_same
from load import Background

_CYCLES = 50


def _control(server):
    return grpc.InferenceServerClient(server.grpc)


def _await(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, f"within {seconds} s: {what}")
        time.sleep(0.01)


def _is_unloaded(failure):
    """What Triton itself says of a model that is being unloaded or is not there."""
    return re.search("not found|not ready|no available|no longer accepting|unavailable|unloaded", failure.message) is not None


def _held(server):
    """Threads and open files of the server's process."""
    if not server.pid:
        return None
    return len(os.listdir(f"/proc/{server.pid}/task")), len(os.listdir(f"/proc/{server.pid}/fd"))


def _cycle(control, model):
    control.unload_model(model)
    _await(lambda: not control.is_model_ready(model), f"{model} unloaded")
    control.load_model(model)
    check(control.is_model_ready(model), f"{model} is ready when its load has returned")


def _cycles_under_load(model, count, server):
    """The model under load answers right or is not there; its neighbour never notices; nothing piles up."""
    other = Background(server, calls.lengths(1, 1, 12).to(server.front("lengths")), threads=1)
    own = Background(server, calls.mixer().to(server.front("mixer")), threads=2, allowed=_is_unloaded)
    with _control(server) as control:
        _cycle(control, model)  # what is set up once is set up
        before = _held(server)
        with other, own:
            for _ in range(count):
                _cycle(control, model)
        other.check_clean(at_least=count)
        own.check_clean(at_least=1)
        check(own.failed > 0, "no call met the model while it was unloaded, so it was not under load")
        client = Grpc(server)
        check_same(client, server, calls.mixer())
        client.close()
    if before is not None:
        _await(lambda: all(now <= then + 8 for now, then in zip(_held(server), before)),
               f"threads and files stay at about {before}, now {_held(server)}")


@case("front loaded and unloaded 50 times under load", "control")
def front_cycles(server):
    if not server.front_prefix:
        raise Skip("there are no front models")
    _cycles_under_load(server.front("mixer"), _CYCLES, server)


add_case("target loaded and unloaded 10 times under load", "control", functools.partial(_cycles_under_load, "mixer", 10))


@case("front's statistics count its calls", "control")
def statistics(server):
    model = server.front("onnx")
    client = Grpc(server)
    with _control(server) as control:
        def count():
            return int(control.get_inference_statistics(model, as_json=True)["model_stats"][0].get("inference_stats", {}).get("success", {}).get("count", 0))

        before = count()
        for seed in range(7):
            client.infer(calls.onnx(seed).to(model))
        _await(lambda: count() == before + 7, f"7 calls are counted as successes, not {count() - before}")
    client.close()


def _front_config(parameters):
    return json.dumps({
        "name": "front_refused", "backend": "waip", "max_batch_size": 16,
        "input": [{"name": "X", "data_type": "TYPE_FP32", "dims": [16]}],
        "output": [{"name": "Y", "data_type": "TYPE_FP32", "dims": [8]}],
        "parameters": {key: {"string_value": value} for key, value in parameters.items()}})


def _refused(parameters, mention, server):
    """A configuration that makes no sense stops the load of that model, with a line that names the key."""
    if not server.front_prefix:
        raise Skip("there are no front models")
    with _control(server) as control:
        try:
            control.load_model("front_refused", config=_front_config(parameters), files={"file:1/empty": b""})
            check(False, f"the load was refused with a line naming {mention}")
        except InferenceServerException as error:
            check(mention in str(error), f"the refusal names {mention}: {error}")
    client = Grpc(server)
    check_same(client, server, calls.mixer())
    client.close()


add_case("front without a target is refused", "control", functools.partial(_refused, {}, "target"))
add_case("front with an unknown parameter is refused", "control",
         functools.partial(_refused, {"target": "onnx", "targte": "onnx"}, "targte"))


@case("every model is listed ready", "control")
def listed(server):
    request = urllib.request.Request(f"http://{server.http}/v2/repository/index", data=b"{}", method="POST")
    with urllib.request.urlopen(request, timeout=60) as response:
        models = {each["name"]: each.get("state") for each in json.loads(response.read())}
    for target in ("identity", "mixer", "lengths", "versions", "repeat", "ensemble"):
        check_equal(models.get(server.front(target)), "READY", f"state of {server.front(target)}")
