"""The server is told to end while calls are in flight: each of them is answered."""

import os
import signal
import threading
import time

import tritonclient.grpc as grpc

import calls
from clients import Grpc
from harness import Failure, case, check, check_equal, outcome

_IN_FLIGHT = 6


@case("SIGTERM answers the calls in flight", "shutdown")
def drains(server):
    failed = _failures_at_the_end(server)
    check(not failed, f"{len(failed)} of {_IN_FLIGHT} calls in flight failed, first: {failed[:1]}")


def _failures_at_the_end(server):
    """Ends the server: nothing can be run after this."""
    ended = []

    def call(model, millis):
        client = Grpc(server)
        ended.append((model, outcome(client, calls.hanging(millis).to(model))))
        client.close()

    model = server.front("hanging")
    threads = [threading.Thread(target=call, args=(model, 400)) for _ in range(_IN_FLIGHT)]
    for thread in threads:
        thread.start()
    with grpc.InferenceServerClient(server.grpc) as control:
        _await_received(control, model)
    os.kill(server.pid, signal.SIGTERM)
    for thread in threads:
        thread.join(30)
    check_equal(len(ended), _IN_FLIGHT, "calls that ended")
    return [result for _, result in ended if isinstance(result, Failure)]


def _await_received(control, model):
    """Until one call of the model is done: the others, sent with it, are in the server by then."""
    end = time.monotonic() + 20
    while True:
        statistics = control.get_inference_statistics(model, as_json=True)["model_stats"][0]
        if int(statistics.get("inference_count", 0)) > 0:
            return
        check(time.monotonic() < end, "a call was served")
        time.sleep(0.02)
