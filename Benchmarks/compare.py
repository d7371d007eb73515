"""Runs strata and its peers in turns and prints tables of medians in Markdown. See README.md; started by scripts/bench.sh.

Uses Python's own library alone and holds no data, so that it stays small: Linux counts a child's peak memory from the size
of the process that started it.
"""

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import itemsets
import matching

HERE = Path(__file__).resolve().parent
# Set in some environments; they make OpenBLAS slower or faster than it is by itself.
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def measure(command, log):
    """Runs a command; gives its wall seconds, peak resident memory in bytes, standard output and processor seconds."""
    environment = {name: value for name, value in os.environ.items() if name not in UNSET}
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=log, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode != 0:
        log.seek(0)
        sys.exit(f"{' '.join(map(str, command))}\nended with status {process.returncode}:\n{log.read().decode()[-2000:]}")
    return seconds, usage.ru_maxrss * 1024, text, usage.ru_utime + usage.ru_stime


def take_turns(contenders, repeats):
    """Runs each contender once a round, in an order that moves on by one a round; gives every contender's results."""
    results = {name: [] for name in contenders}
    names = list(contenders)
    for round_number in range(repeats):
        first = round_number % len(names)
        for name in names[first:] + names[:first]:
            results[name].append(contenders[name]())
            print(f"round {round_number + 1}: {name} {results[name][-1][0]:.3f} s", file=sys.stderr, flush=True)
    return results


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def ratio(value, other):
    return f"{value / other:.2f}"


def warm(path):
    """Reads a file once, so that all contenders find it in memory."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 20):
            pass


def rfm_totals(path):
    """Customers, orders and money of an RFM result: what all contenders must agree on."""
    customers, orders, money = 0, 0, 0.0
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            customers += 1
            orders += int(row["frequency"])
            money += float(row["monetary"])
    return customers, orders, round(money, 2)


def compare_rfm(options):
    source = options.work / f"transactions-{options.rows}.csv"
    if not source.exists():
        partial = source.with_suffix(".partial")
        subprocess.run([options.python, HERE / "peers/make_transactions.py", str(options.rows), partial], check=True)
        partial.rename(source)
    warm(source)
    outputs = {name: options.work / f"rfm-{name}.csv" for name in ("strata", "Polars", "DuckDB")}
    commands = {
        "strata": [options.strata, "rfm", "--transactions", source, "--out", outputs["strata"], "--progress", "never"],
        "Polars": [options.python, HERE / "peers/rfm_polars.py", source, outputs["Polars"]],
        "DuckDB": [options.python, HERE / "peers/rfm_duckdb.py", source, outputs["DuckDB"]],
    }
    with tempfile.TemporaryFile() as log:
        runs = {name: (lambda command=command: measure(command, log)) for name, command in commands.items()}
        results = take_turns(runs, options.repeats)

    totals = {}
    for name, path in outputs.items():
        # In a process of its own, so that this one stays small for the comparison that follows.
        script = f"import sys; sys.path.insert(0, {str(HERE)!r}); import compare; print(compare.rfm_totals({str(path)!r}))"
        totals[name] = subprocess.run(
            [sys.executable, "-c", script], check=True, capture_output=True, text=True
        ).stdout.strip()
    seconds = {name: statistics.median(run[0] for run in runs) for name, runs in results.items()}
    memory = {name: statistics.median(run[1] for run in runs) for name, runs in results.items()}
    fastest = min(seconds[name] for name in ("Polars", "DuckDB"))
    smallest = min(memory[name] for name in ("Polars", "DuckDB"))
    size = source.stat().st_size / 1e6
    print(f"RFM quintiles, CSV in, CSV out, whole process: {options.rows:,} lines, {size:,.0f} MB\n")
    table(
        ["system", "seconds", "of the faster peer", "peak MB", "of the smaller peer", "customers, orders, money"],
        [
            [name, f"{seconds[name]:.3f}", ratio(seconds[name], fastest), f"{memory[name] / 1e6:.0f}",
             ratio(memory[name], smallest), totals[name]]
            for name in outputs
        ],
    )


def compare_profile(options):
    """strata profile beside DuckDB's SUMMARIZE, which tells a part of it, on the same customers."""
    source = options.work / f"customers-{options.rows}.csv"
    if not source.exists():
        partial = source.with_suffix(".partial")
        subprocess.run([options.python, HERE / "peers/make_customers.py", str(options.rows), partial], check=True)
        partial.rename(source)
    warm(source)
    result = options.work / "profile.json"
    rows = []
    for threads in sorted({1, os.cpu_count()}, reverse=True):
        commands = {
            "strata": [options.strata, "profile", source, "--out", result, "--threads", str(threads)],
            "DuckDB": [options.python, HERE / "peers/summarize_duckdb.py", source, str(threads)],
        }
        with tempfile.TemporaryFile() as log:
            runs = {name: (lambda command=command: measure(command, log)) for name, command in commands.items()}
            results = take_turns(runs, options.repeats)
        median = {
            name: [statistics.median(run[figure] for run in runs) for figure in (0, 1, 3)] for name, runs in results.items()
        }
        counted = {"strata": json.loads(result.read_text())["rows"]["accepted"], "DuckDB": int(results["DuckDB"][0][2])}
        for name, (wall, memory, processor) in median.items():
            peer = median["DuckDB"]
            rows.append(
                [str(threads), name, f"{wall:.2f}", ratio(wall, peer[0]), f"{processor:.2f}", ratio(processor, peer[2]),
                 f"{memory / 1e6:.0f}", ratio(memory, peer[1]), f"{counted[name]:,}"]
            )
    size = source.stat().st_size / 1e6
    print(f"A table described, CSV in, the whole process: {options.rows:,} rows, 12 columns, {size:,.0f} MB\n")
    table(
        ["threads", "system", "seconds", "of DuckDB", "processor seconds", "of DuckDB", "peak MB", "of DuckDB", "rows counted"],
        rows,
    )


def find(value, key):
    """The first value of a key anywhere in a JSON value."""
    if isinstance(value, dict):
        if key in value:
            return value[key]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            found = find(item, key)
            if found is not None:
                return found
    return None


# Rows, columns, clusters, and how much of the fastest peer's time strata may take.
KMEANS_CELLS = [(1_000_000, 8, 8, 0.15), (1_000_000, 16, 12, 0.25), (200_000, 64, 64, 0.9)]


def compare_kmeans(options):
    for cell in KMEANS_CELLS:
        compare_kmeans_cell(options, *cell)


def compare_kmeans_cell(options, rows, columns, clusters, aim):
    iterations = 20
    points = options.work / f"points-{rows}-{columns}-{clusters}.npy"
    start = options.work / f"start-{rows}-{columns}-{clusters}.npy"
    if not (points.exists() and start.exists()):
        arguments = [str(rows), str(columns), str(clusters), points, start]
        subprocess.run([options.python, HERE / "peers/make_points.py", *arguments], check=True)
    warm(points)
    timings, model = options.work / "timings.json", options.work / "model.json"
    with tempfile.TemporaryFile() as log:

        def strata():
            _, peak, _, _ = measure(
                [options.strata, "cluster", points, "--init", start, "--k", str(clusters), "--max-iterations",
                 str(iterations), "--tolerance", "0", "--timings", timings, "--model", model, "--out",
                 options.work / "clusters.csv", "--progress", "never"],
                log,
            )
            fit = json.loads(timings.read_text())["phases"]["fit"]
            result = json.loads(model.read_text())
            return fit, peak, find(result, "inertia"), find(result, "iterations")

        def peer(name):
            def run():
                command = [options.python, HERE / "peers/kmeans.py", name, points, start, str(iterations)]
                _, peak, text, _ = measure(command, log)
                result = json.loads(text.strip().splitlines()[-1])
                return result["seconds"], peak, result["inertia"], result["iterations"]

            return run

        contenders = {
            "strata": strata, "scikit-learn": peer("sklearn"), "scikit-learn-intelex": peer("sklearnex"),
            "FAISS": peer("faiss"),
        }
        results = take_turns(contenders, options.repeats)

    seconds = {name: statistics.median(run[0] for run in runs) for name, runs in results.items()}
    memory = {name: statistics.median(run[1] for run in runs) for name, runs in results.items()}
    fastest = min(value for name, value in seconds.items() if name != "strata")
    allowed = (rows * columns * 4 + rows * 12) / 1e6 + 64 * 1.048576
    print(
        f"k-means, the fit alone: {rows:,} × {columns} floats, k = {clusters}, the same start, tolerance 0; the aim is "
        f"{aim} of the fastest peer, and {allowed:.0f} MB (the data, 12 bytes a row and 64 MiB)\n"
    )
    table(
        ["system", "seconds", "of the fastest peer", "iterations", "inertia", "peak MB of the process"],
        [
            [name, f"{seconds[name]:.4f}", ratio(seconds[name], fastest), str(runs[0][3]), f"{runs[0][2]:.10g}",
             f"{memory[name] / 1e6:.0f}"]
            for name, runs in results.items()
        ],
    )


def machine():
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strata", required=True, type=Path, help="the binary")
    parser.add_argument("--python", required=True, help="a Python that has the peers")
    parser.add_argument("--work", required=True, type=Path, help="folder for data and results")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", choices=["rfm", "kmeans", "profile", "itemsets", "match"])
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)

    versions = subprocess.run(
        [options.python, "-c",
         "from importlib.metadata import version as v\n"
         "print(', '.join(f'{n} {v(n)}' for n in ('polars', 'duckdb', 'scikit-learn', 'scikit-learn-intelex', 'faiss-cpu', 'pyfim', 'splink')))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()
    print(f"{machine()}; Python {platform.python_version()}, {versions}; medians of {options.repeats}\n")
    for name, compare in (("rfm", compare_rfm), ("kmeans", compare_kmeans), ("profile", compare_profile)):
        if options.only in (None, name):
            compare(options)
    if options.only in (None, "itemsets"):
        itemsets.compare(options, measure, table, take_turns)
    if options.only in (None, "match"):
        matching.compare(options, measure, table, take_turns)


if __name__ == "__main__":
    main()
