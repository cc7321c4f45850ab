"""The server is told to end while calls are in flight: each of them is answered."""

import os
import signal
import sys
import threading
import time

import tritonclient.grpc as grpc

import calls
from clients import Grpc
from harness import Failure, case, check, check_equal, outcome

_IN_FLIGHT = 6


_STOPPING = "Server is stopping"


@case("SIGTERM answers the calls in flight", "shutdown")
def drains(server):
    failed = _failures_at_the_end(server)
    check(not failed, f"{len(failed)} of {_IN_FLIGHT} calls in flight failed, first: {failed[:1]}")


@case("SIGTERM answers what targets have, and the server refuses what a planner held", "shutdown_planned")
def drains_what_targets_have(server):
    """
    Triton closes the queues of all models at once and gives backends no sign before it does. What the
    planner holds at that moment gets the server's own refusal; nothing else may fail, nothing be lost.
    """
    failed = _failures_at_the_end(server)
    print(f"{len(failed)} of {_IN_FLIGHT} calls were held and refused by the stopping server", file=sys.stderr)
    check(len(failed) < _IN_FLIGHT, "a call that its target had was answered")
    others = [failure for failure in failed if _STOPPING not in failure.message]
    check(not others, f"failed otherwise: {others[:1]}")


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
