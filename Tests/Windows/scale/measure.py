#!/usr/bin/env python3
"""Measures echo servers under many connections: measure.py BUILD [--quick] [--rounds N] [--out X]

BUILD holds exe/ScaleServer.exe, native/ScaleServer and native/ScaleClient. The servers take turns
in each round, so that what disturbs the machine disturbs them alike; figures are medians of rounds.
For each run it is checked that every echo came back right, and that the server held nothing when
its clients had gone. Ends with `N passed, N failed`.

--out names the files for the figures without their endings: .json, .md and .svg.
"""

import argparse
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import picture  # noqa: E402
import summary  # noqa: E402
from server import Keeper, SERVERS, Server  # noqa: E402

# Messages a second of the paced phase: well below what the slowest server can do.
RATE = 2000


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out")
    parser.add_argument("--servers", default=",".join(SERVERS))
    parser.add_argument("--connections", default="")
    options = parser.parse_args()
    if options.quick:
        options.rounds = 1
    default = "100,500" if options.quick else "100,500,1000,2000"
    options.connections = [int(n) for n in (options.connections or default).split(",")]
    options.servers = options.servers.split(",")
    options.milliseconds = 500 if options.quick else 2500
    return options


def run(options, name, connections):
    server = Server(options.build, name)
    result = server.measure(connections, options.milliseconds, RATE)
    result.update(server=name, connections=connections, left=server.end())
    return result


def is_right(result):
    return (
        result["connected"] == result["connections"]
        and result["wrong"] == result["lost"] == 0
        and result["saturated"]["messages"] > 0 and result["paced"]["messages"] > 0)


def is_clean(result):
    return result["left"] == [0, 0, 0]


def main():
    options = parse()
    passed = failed = 0
    results = []
    with Keeper(options.build):
        for number in range(options.rounds):
            for connections in options.connections:
                # Each round begins with another server.
                turn = number % len(options.servers)
                for name in options.servers[turn:] + options.servers[:turn]:
                    result = run(options, name, connections)
                    result["round"] = number
                    results.append(result)
                    good = [is_right(result), is_clean(result)]
                    passed += sum(good)
                    failed += good.count(False)
                    print(line(result, all(good)), flush=True)
    if options.out and not failed:
        write(options.out, results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def line(result, is_good):
    saturated, paced = result["saturated"], result["paced"]
    verdict = "ok    " if is_good else f"FAILED {result}"
    return (
        f"{verdict} {result['server']:<8} {result['connections']:5d} connections: "
        f"{saturated.get('rate', 0):7.0f}/s, p99 {saturated.get('p99', 0):6.1f} ms; "
        f"paced p50 {paced.get('p50', 0):5.2f} p99 {paced.get('p99_of_parts', 0):6.2f} ms; "
        f"{result['server_microseconds']:4.0f} us; left {result['left']}; others used {result['others']:.2f} processors")


def write(out, results):
    figures = summary.figures(results, RATE)
    with open(out + ".json", "w", encoding="utf-8") as file:
        json.dump({"summary": figures, "runs": results}, file, indent=1)
    with open(out + ".md", "w", encoding="utf-8") as file:
        file.write(summary.brief(figures) + "\n" + summary.table(figures))
    with open(out + ".svg", "w", encoding="utf-8") as file:
        file.write(picture.svg(figures))
    print(summary.table(figures))


if __name__ == "__main__":
    sys.exit(main())
