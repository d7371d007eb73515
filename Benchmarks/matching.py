"""Runs strata match beside Splink on DuckDB, in turns, on simulated customers. Prints a table in Markdown.

matching.py --strata BINARY --python PEERS [--customers 100000] [--rounds 3] [--threads 2]
    simulates customers, matches them by both, and tells seconds, peak memory and, for strata, how well.

Uses Python's own library alone, so that a child's peak memory is its own.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def measure(command):
    """Runs a command; gives its wall seconds and its peak resident memory in bytes."""
    begin = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} ended with status {process.returncode}")
    return time.perf_counter() - begin, usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", required=True)
    parser.add_argument("--python", required=True, help="a Python with splink")
    parser.add_argument("--customers", type=int, default=100000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        company = folder / "company"
        measure([arguments.strata, "simulate", "--customers", arguments.customers, "--days", 30, "--out", company])
        file = company / "customers.csv"
        contenders = {
            "strata match": [
                arguments.strata, "match", file, "--id", "customer_id", "--out", folder / "matched", "--threads",
                arguments.threads,
            ],
            "Splink 5, DuckDB": [arguments.python, HERE / "peers" / "match_splink.py", file, arguments.threads],
        }
        results = {name: [] for name in contenders}
        for round_number in range(arguments.rounds):
            names = list(contenders)
            for name in names[round_number % 2 :] + names[: round_number % 2]:
                results[name].append(measure(contenders[name]))
        print(f"{arguments.customers:,} customers, {arguments.rounds} rounds, {arguments.threads} threads\n")
        print("| system | seconds | peak memory, MB |\n|---|---|---|")
        for name, rounds in results.items():
            seconds = statistics.median(entry[0] for entry in rounds)
            print(f"| {name} | {seconds:.2f} | {max(entry[1] for entry in rounds) / 1e6:.0f} |")


main()
