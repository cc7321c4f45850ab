"""Runs a group of cases against a server that is up and writes how each ended, as a JSON array.

Each element has name, status (passed, failed, skipped), message and seconds. The exit code is 0 when the
group was run, whatever came out of it, and 2 when no case matches.
"""

import argparse
import importlib
import json
import sys

from harness import FRONT_PREFIX, Server, cases, run_case

_GROUPS = {
    "alone": "cases_alone",
    "errors": "cases_errors",
    "together": "cases_together",
    "batches": "cases_together",
    "faults": "cases_faults",
    "control": "cases_control",
    "shutdown": "cases_shutdown",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", choices=sorted(_GROUPS))
    parser.add_argument("--http", required=True, help="host:port")
    parser.add_argument("--grpc", required=True, help="host:port")
    parser.add_argument("--only", default="", help="run the cases whose name contains this")
    parser.add_argument("--front-prefix", default=FRONT_PREFIX, help="what precedes a target's name in its front's")
    parser.add_argument("--pid", type=int, default=0, help="the server's process, for cases that watch what it holds")
    parser.add_argument("--json", required=True, help="file to write")
    arguments = parser.parse_args()
    server = Server(arguments.http, arguments.grpc, arguments.front_prefix, arguments.pid)
    importlib.import_module(_GROUPS[arguments.group])
    chosen = [(name, function) for name, function in cases(arguments.group) if arguments.only in name]
    if not chosen:
        print(f"no case of group {arguments.group} contains '{arguments.only}'", file=sys.stderr)
        return 2
    results = []
    for name, function in chosen:
        print(f"{name} ...", file=sys.stderr, flush=True)
        results.append(run_case(name, function, server))
    with open(arguments.json, "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
