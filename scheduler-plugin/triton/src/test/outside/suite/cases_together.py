"""Many calls at once: whoever shared a batch with whom, each call gets its own answer, within 1e-5."""

import functools

import calls
from clients import WAYS
from harness import Call, Failure, Skip, add_case, case, check, check_equal
from load import check_each_its_own, together


# A busy machine may send so slowly that a quick target never has two calls to choose from.
_ROUNDS = 10


def _with_batch(call, output):
    return Call(call.model, call.inputs, call.outputs + (output,))


def _largest_batch(outcomes, output):
    return max(int(answers[0].array(output).max()) for answers in outcomes)


def _planned(call_of, output, server):
    """More rows ran together than any call brought, so the answers compared are those of shared batches."""
    made = [_with_batch(call_of(seed), output) for seed in range(200)]
    largest = 0
    for _ in range(_ROUNDS):
        largest = max(largest, _largest_batch(check_each_its_own(server, made, ignored=(output,)), output))
        if largest > 1:
            return
    check(False, f"no two of {_ROUNDS} x 200 calls made at once shared a batch: the largest had {largest} row")


for _name, _call_of, _output in (
        ("mixer", calls.mixer, "BATCH"), ("lengths", calls.lengths, "batch"), ("onnx", calls.onnx, "BATCH")):
    add_case(f"200 calls of {_name} share batches", "batches", functools.partial(_planned, _call_of, _output))


def _some_types(seed):
    """One to four neighbours in the list of types, another set for each of 13 seeds that follow each other."""
    return [calls.TYPES[(seed + step) % len(calls.TYPES)] for step in range(1 + seed % 4)]


def _own_answers(call_of, server):
    check_each_its_own(server, [call_of(seed) for seed in range(200)])


for _name, _call_of in {
        "mixer of 1 row": calls.mixer,
        "mixer of 1 to 16 rows": lambda seed: calls.mixer(seed, 1 + seed % 16),
        "lengths of 1 to 39 tokens": calls.lengths,
        "lengths of 1 to 4 rows": lambda seed: calls.lengths(seed, 1 + seed % 4),
        "onnx of 1 to 3 rows": lambda seed: calls.onnx(seed, 1 + seed % 3),
        "identity of other inputs each time": lambda seed: calls.identity(*_some_types(seed), rows=1 + seed % 2),
        "parameters of other values each time": lambda seed: calls.facts(parameters=(("text", f"value {seed % 5}"),)),
        "versions 1 and 2": lambda seed: calls.versions(str(1 + seed % 2), 1 + seed % 3),
        "ensemble": lambda seed: calls.ensemble(seed, 1 + seed % 3),
        "model without a batch axis": lambda seed: calls.unbatched()}.items():
    add_case(f"each its own answer, {_name}", "together", functools.partial(_own_answers, _call_of))


def _each_way(way, server):
    check_each_its_own(server, [calls.mixer(seed, 1 + seed % 3) for seed in range(60)], way=way)


for _way in WAYS:
    add_case(f"each its own answer, mixer, {_way}", "together", functools.partial(_each_way, _way))


@case("two front models at once", "together")
def two_front_models(server):
    made = [calls.mixer(seed) if seed % 2 else calls.lengths(seed) for seed in range(200)]
    check_each_its_own(server, made)


@case("two front models of one target", "together")
def two_fronts_of_one_target(server):
    if not server.front_prefix:
        raise Skip("there are no front models")
    made = [calls.mixer(seed) for seed in range(100)]
    fronts = iter(["front_mixer", "second_mixer"] * len(made))
    check_each_its_own(server, made, front=lambda _: next(fronts))


@case("decoupled streams at once", "together")
def decoupled_streams(server):
    made = [calls.repeat(seed % 7).to(server.front("repeat")) for seed in range(42)]
    outcomes = together(server, made, "grpc-stream")
    for seed, answers in enumerate(outcomes):
        check(not isinstance(answers, Failure), f"stream {seed}: {answers}")
        check_equal([int(each.array("INDEX")[0]) for each in answers], list(range(seed % 7)), f"answers of stream {seed}")
        check_equal([each.array("SCALED").tolist() for each in answers],
                    [[0.5 * step, -2.0 * step] for step in range(1, 1 + seed % 7)], f"values of stream {seed}")
