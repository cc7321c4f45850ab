"""Calls from many threads: each call's answer is compared with what the target answers to it alone."""

import concurrent.futures
import queue
import threading
import time

from clients import WAYS, Grpc
from harness import Failure, check, check_close, check_equal, outcome

THREADS = 16


def together(server, calls, way="grpc", threads=THREADS):
    """Sends all calls from many threads, each with a connection of its own, and gives their outcomes in order."""
    outcomes = [None] * len(calls)
    left = queue.SimpleQueue()
    for index in range(len(calls)):
        left.put(index)

    def work():
        client = WAYS[way](server)
        try:
            while True:
                index = left.get_nowait()
                outcomes[index] = outcome(client, calls[index])
        except queue.Empty:
            pass
        finally:
            client.close()

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()
    return outcomes


def check_each_its_own(server, calls, front=None, way="grpc", ignored=()):
    """Sends the calls one by one to their targets and all together to a front; wants each its own answer back.

    `front` gives the front's name for a target's; a front may be asked in place of another. Answers the
    outcomes of the front.
    """
    front = front or server.front
    client = Grpc(server)
    try:
        alone = [outcome(client, call) for call in calls]
    finally:
        client.close()
    fronted = together(server, [call.to(front(call.model)) for call in calls], way)
    for index, (one, other) in enumerate(zip(fronted, alone)):
        check(not isinstance(other, Failure), f"direct call {index}: {other}")
        check(not isinstance(one, Failure), f"call {index} through the front: {one}")
        check_equal(len(one), len(other), f"answers to call {index}")
        for answer, expected in zip(one, other):
            check_close(answer, expected, ignored)
    return fronted


class Background:
    """Calls made over and over by a few threads until the `with` block ends; every call has a right answer."""

    def __init__(self, server, call, threads=2, allowed=lambda failure: False):
        self._server = server
        self._call = call
        self._allowed = allowed
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]
        self._lock = threading.Lock()
        self.answered = 0
        self.failed = 0
        self.slowest_seconds = 0.0
        self.faults = []

    def __enter__(self):
        client = Grpc(self._server)
        self._expected = client.infer(self._call.to(self._call.model.removeprefix(self._server.front_prefix)))
        client.close()
        for thread in self._threads:
            thread.start()
        return self

    def _run(self):
        client = Grpc(self._server)
        while not self._stopped.is_set():
            begun = time.monotonic()
            result = outcome(client, self._call)
            self._note(result, time.monotonic() - begun)
        client.close()

    def _note(self, result, seconds):
        with self._lock:
            self.slowest_seconds = max(self.slowest_seconds, seconds)
            if isinstance(result, Failure):
                self.failed += 1
                if not self._allowed(result):
                    self.faults.append(str(result))
            else:
                self.answered += 1
                try:
                    check_close(result[0], self._expected[0])
                except AssertionError as error:
                    self.faults.append(str(error))

    def __exit__(self, *_):
        self._stopped.set()
        for thread in self._threads:
            thread.join(60)

    def check_clean(self, at_least=1):
        check(not any(thread.is_alive() for thread in self._threads), f"a call to {self._call.model} never ended")
        check(not self.faults, f"{len(self.faults)} wrong or failed calls to {self._call.model}, first: {self.faults[:1]}")
        check(self.answered >= at_least, f"{self.answered} calls to {self._call.model} answered, fewer than {at_least}")
