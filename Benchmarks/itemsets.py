"""Frequent itemsets beside PyFIM, on the files of the FIMI workshop: started by compare.py with ONLY=itemsets.

The time of strata is its phase `mine`: counting and ranking items, the search, and for a list also the rows written to a
file. That of PyFIM is its mining call, which makes Python objects of what it lists.
"""

import gzip
import json
import shutil
import statistics
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared/data/fimi"

# File, minimum count, target.
CELLS = [
    ("retail", 18, "all"), ("retail", 18, "closed"), ("T10I4D100K", 50, "all"), ("T10I4D100K", 50, "closed"),
    ("mushroom", 813, "all"), ("mushroom", 813, "closed"), ("chess", 1500, "all"), ("chess", 1500, "closed"),
]
# How much of the faster algorithm's time strata may take with one thread and with two.
AIMS = {"list": (0.5, 0.3), "count": (1.0, 0.6)}


def source(options, name):
    """The file, unpacked."""
    path = options.work / f"{name}.dat"
    if not path.exists():
        plain = DATA / f"{name}.dat"
        opened = plain.open("rb") if plain.exists() else gzip.open(DATA / f"{name}.dat.gz")
        with opened as packed, path.with_suffix(".partial").open("wb") as target:
            shutil.copyfileobj(packed, target)
        path.with_suffix(".partial").rename(path)
    return path


def compare(options, measure, table, take_turns):
    if not DATA.exists():
        print(f"itemsets: {DATA} is not there\n")
        return
    rows = []
    for name, count, target in CELLS:
        path = source(options, name)
        for report in ("list", "count"):
            rows.append(cell(options, measure, take_turns, path, count, target, report))
    print("Frequent itemsets, the mining alone, of the faster of PyFIM's Eclat and FP-growth; aims in brackets\n")
    table(
        ["baskets", "sets", "PyFIM s", "strata s, 1 thread", "2 threads", "of PyFIM, 1 thread", "2 threads", "peak MB",
         "PyFIM's"],
        rows,
    )


def cell(options, measure, take_turns, path, count, target, report):
    timings = options.work / "timings.json"
    with tempfile.TemporaryFile() as log:

        def strata(threads):
            def run():
                wanted = ["--count"] if report == "count" else ["--out", options.work / "sets.csv"]
                _, peak, text = measure(
                    [options.strata, "itemsets", path, "--support", str(count), "--target", target, "--threads",
                     str(threads), "--timings", timings, "--progress", "never", *wanted], log)
                sets = int(text.splitlines()[-1]) if report == "count" else None
                return json.loads(timings.read_text())["phases"]["mine"], peak, sets

            return run

        def peer(algorithm):
            def run():
                command = [options.python, HERE / "peers/itemsets.py", algorithm, path, str(count), target[0].replace("a", "s"),
                           report]
                _, peak, text = measure(command, log)
                result = json.loads(text.strip().splitlines()[-1])
                return result["seconds"], peak, result["sets"]

            return run

        contenders = {"1": strata(1), "2": strata(2), "eclat": peer("eclat"), "fpgrowth": peer("fpgrowth")}
        results = take_turns(contenders, options.repeats)
    seconds = {name: statistics.median(run[0] for run in runs) for name, runs in results.items()}
    memory = {name: statistics.median(run[1] for run in runs) for name, runs in results.items()}
    best = min(("eclat", "fpgrowth"), key=seconds.get)
    one, two = AIMS[report]
    return [
        f"{path.stem} at {count}, {target}, {report}", f"{results[best][0][2]:,}", f"{seconds[best]:.3f} ({best})",
        f"{seconds['1']:.3f}", f"{seconds['2']:.3f}", f"{seconds['1'] / seconds[best]:.2f} ({one})",
        f"{seconds['2'] / seconds[best]:.2f} ({two})", f"{memory['2'] / 1e6:.0f}", f"{memory[best] / 1e6:.0f}",
    ]
