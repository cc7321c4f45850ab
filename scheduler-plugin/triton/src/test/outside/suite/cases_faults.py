"""A target that fails, hangs, dies or is unloaded: its front says what the target says, and nobody else notices."""

import functools
import threading
import time

import tritonclient.grpc as grpc

import calls
from clients import Grpc, WAYS
from harness import Failure, add_case, case, check, check_equal, check_same, outcome
from load import Background, together

_SHORT_SECONDS = 5


def _grouped(call, group):
    """Calls of different parameters never share a batch, so a failing call fails alone."""
    return call.__class__(call.model, call.inputs, call.outputs, parameters=(("group", group),))


@case("failing calls among good ones", "faults")
def failing_among_good(server):
    kinds = ["fine" if seed % 3 else "UNAVAILABLE" for seed in range(120)]
    outcomes = together(server, [_grouped(calls.failing(kind), kind).to(server.front("failing")) for kind in kinds])
    for kind, result in zip(kinds, outcomes):
        if kind == "fine":
            check(not isinstance(result, Failure), f"a good call: {result}")
            check_equal(result[0].array("KIND_SEEN")[0][0], b"fine", "answer")
        else:
            check(isinstance(result, Failure), f"a failing call: {result}")
            check_equal((result.code, result.message), ("StatusCode.UNAVAILABLE", "the model says UNAVAILABLE"), "error")


@case("target's process dies", "faults")
def target_dies(server):
    """Each call ends with an error of the target's; the front serves again once the target does."""
    with Background(server, calls.mixer().to(server.front("mixer"))) as others:
        client = Grpc(server)
        died = outcome(client, calls.failing("exit").to(server.front("failing")))
        check(isinstance(died, Failure), f"the call whose target died failed: {died}")
        after = check_same(client, server, calls.failing("fine"), expect_failure=True)
        check("not healthy" in after.message, f"the target is down: {after}")
        _reload(server, "failing")
        check_same(client, server, calls.failing("fine"))
        client.close()
    others.check_clean(at_least=10)


def _control(server):
    return grpc.InferenceServerClient(server.grpc)


def _reload(server, model):
    with _control(server) as control:
        control.unload_model(model)
        _await(lambda: not control.is_model_ready(model), f"{model} unloaded")
        control.load_model(model)


def _await(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, f"within {seconds} s: {what}")
        time.sleep(0.02)


@case("target hangs, others are served", "faults")
def target_hangs(server):
    """A hanging target holds up its own calls only, and each of those is answered in the end."""
    client = Grpc(server)
    ended = []
    with Background(server, calls.mixer().to(server.front("mixer"))) as others:
        begun = time.monotonic()
        hanging = [threading.Thread(target=lambda: ended.append(_hang(server, 1000))) for _ in range(3)]
        for thread in hanging:
            thread.start()
        for thread in hanging:
            thread.join(30)
        took = time.monotonic() - begun
    client.close()
    check_equal(len(ended), 3, "hanging calls that ended")
    for result in ended:
        check(not isinstance(result, Failure), f"hanging call: {result}")
    check(took >= 3, f"three calls of 1 s on one instance took {took:.1f} s, so they did not reach the target")
    others.check_clean(at_least=10)
    check(others.slowest_seconds < 2, f"a call to another model took {others.slowest_seconds:.1f} s")


def _hang(server, millis):
    client = Grpc(server)
    try:
        return outcome(client, calls.hanging(millis).to(server.front("hanging")))
    finally:
        client.close()


def _cancelled_count(server):
    client = Grpc(server)
    try:
        return int(client.infer(calls.hanging(0))[0].array("CANCELLED")[0])
    finally:
        client.close()




def _cancel_reaches(model_of, server):
    """The client goes away while its call runs at the target: the target is told, long before its 10 s end."""
    before = _cancelled_count(server)
    call = calls.hanging(10_000).to(model_of(server))
    ended = []
    with _control(server) as control:
        inputs = [grpc.InferInput("MILLIS", [1], "INT32").set_data_from_numpy(call.inputs[0][1])]
        handle = control.async_infer(call.model, inputs, callback=lambda result, error: ended.append(error))
        time.sleep(0.5)  # the call has no event by which a client could see that its target has begun
        check(not ended, f"the call hangs: {ended}")
        begun = time.monotonic()
        handle.cancel()
        _await(lambda: ended, "the cancelled call ends")
        check("CANCELLED" in str(ended[0].status()).upper(), f"the client sees it cancelled: {ended[0]}")
        check_equal(_cancelled_count(server), before + 1, "calls cancelled at the target")
        took = time.monotonic() - begun
    check(took < _SHORT_SECONDS, f"the target was told of it after {took:.1f} s")


add_case("cancelled call of a target", "faults", functools.partial(_cancel_reaches, lambda server: "hanging"))
add_case("cancelled call of a front", "faults", functools.partial(_cancel_reaches, lambda server: server.front("hanging")))


@case("client's time-out reaches the target", "faults")
def client_times_out(server):
    before = _cancelled_count(server)
    with _control(server) as control:
        call = calls.hanging(10_000).to(server.front("hanging"))
        inputs = [grpc.InferInput("MILLIS", [1], "INT32").set_data_from_numpy(call.inputs[0][1])]
        begun = time.monotonic()
        try:
            control.infer(call.model, inputs, client_timeout=0.5)
            check(False, "the call timed out")
        except grpc.InferenceServerException as error:
            check("DEADLINE" in str(error.status()).upper(), f"the client's time-out ended the call: {error}")
        check_equal(_cancelled_count(server), before + 1, "calls cancelled at the target")
        check(time.monotonic() - begun < _SHORT_SECONDS, "the target was told in time")


@case("cancelled while it waits for a hanging one", "faults")
def cancelled_in_line(server):
    """A call cancelled before its turn never runs, and the calls beside it are answered."""
    model = server.front("hanging")
    ended = {}
    with _control(server) as control:
        def start(name, millis):
            inputs = [grpc.InferInput("MILLIS", [1], "INT32").set_data_from_numpy(calls.hanging(millis).inputs[0][1])]
            return control.async_infer(model, inputs, callback=lambda result, error: ended.update({name: error}))

        start("first", 1500)
        cancelled = start("second", 10_000)
        start("third", 1)
        cancelled.cancel()
        _await(lambda: len(ended) == 3, "all three calls end", seconds=_SHORT_SECONDS)
    check(ended["first"] is None and ended["third"] is None, f"the calls beside it: {ended}")
    check("CANCELLED" in str(ended["second"].status()).upper(), f"the cancelled call: {ended['second']}")


def _unloaded(way, server):
    """While the target is not loaded its front fails as the target does, and serves again when it is back."""
    with _control(server) as control:
        control.unload_model("versions")
        _await(lambda: not control.is_model_ready("versions"), "the target is unloaded")
        client = WAYS[way](server)
        try:
            failure = check_same(client, server, calls.versions("", 2), expect_failure=True)
            check("not found" in failure.message or "not ready" in failure.message or "no available" in failure.message,
                  f"the call fails as one to a model that is not there: {failure}")
            control.load_model("versions")
            check_same(client, server, calls.versions("", 2))
        finally:
            client.close()
            control.load_model("versions")


for _way in ("http", "grpc", "grpc-stream"):
    add_case(f"unloaded target, {_way}", "faults", functools.partial(_unloaded, _way))


def _unloaded_in_flight(model_of, server):
    """What is unloaded finishes the call it has."""
    result = []
    model = model_of(server)
    with _control(server) as control:
        caller = threading.Thread(target=lambda: result.append(_hang(server, 1500)))
        caller.start()
        time.sleep(0.5)  # the call has no event by which a client could see that its target has begun
        control.unload_model(model)
        caller.join(30)
        check_equal(len(result), 1, "calls that ended")
        check(not isinstance(result[0], Failure), f"the call in flight: {result[0]}")
        _await(lambda: not control.is_model_ready(model), f"{model} unloaded")
        control.load_model(model)
        client = Grpc(server)
        check_same(client, server, calls.hanging(0))
        client.close()


add_case("target unloaded with a call in flight", "faults", functools.partial(_unloaded_in_flight, lambda server: "hanging"))
add_case("front unloaded with a call in flight", "faults",
         functools.partial(_unloaded_in_flight, lambda server: server.front("hanging")))
