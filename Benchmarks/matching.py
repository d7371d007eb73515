"""strata match beside Splink on DuckDB, on simulated customers: started by compare.py with ONLY=match.

Both compare the same columns of the records that the same rules bring together (peers/match_blocking.yml), estimate their
model without labels, and write whose entity each record is. The time is that of the whole process, CSV in and CSV out;
strata's has golden records, the waterfall of every pair and the list for review in it. A last row is strata by rules of its
own choice.
"""

import csv
import json
import os
import statistics
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZES = (100_000, 1_000_000)
ID, COLUMNS = "customer_id", ("given_name", "family_name", "email", "phone", "birth_date", "city", "country")
# How much of Splink's time and memory strata may take.
AIM = 0.5


def source(options, customers):
    """Simulated customers: the columns that are compared, and the true persons beside them."""
    path = options.work / f"match-{customers}.csv"
    truth = options.work / f"match-{customers}-truth.csv"
    if not (path.exists() and truth.exists()):
        with tempfile.TemporaryDirectory(dir=options.work) as folder:
            company = Path(folder) / "company"
            subprocess.run(
                [options.strata, "simulate", "--customers", str(customers), "--days", "30", "--out", company],
                check=True, stdout=subprocess.DEVNULL)
            (company / "truth/persons.csv").rename(truth)
            partial = path.with_suffix(".partial")
            with (company / "customers.csv").open(newline="", encoding="utf-8") as read, partial.open(
                "w", newline="", encoding="utf-8"
            ) as write:
                writer = csv.DictWriter(write, [ID, *COLUMNS], extrasaction="ignore", lineterminator="\n")
                writer.writeheader()
                writer.writerows(csv.DictReader(read))
            partial.rename(path)
    return path, truth


def accuracy(found_path, truth_path):
    """Pairwise precision, recall and F1."""

    def read(path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            return {row[0]: row[1] for row in rows}

    found, truth = read(found_path), read(truth_path)

    def pairs(counts):
        return sum(count * (count - 1) // 2 for count in counts.values())

    common = pairs(Counter((found[name], truth[name]) for name in truth))
    precision = common / max(1, pairs(Counter(found.values())))
    recall = common / max(1, pairs(Counter(truth.values())))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def compare(options, measure, table, take_turns):
    for customers in SIZES:
        cell(options, measure, table, take_turns, customers)


def cell(options, measure, table, take_turns, customers):
    path, truth = source(options, customers)
    threads = str(os.cpu_count())
    rules = HERE / "peers/match_blocking.yml"
    outputs = {name: options.work / f"matched-{place}" for place, name in enumerate(("strata", "Splink", "strata, own rules"))}
    match = [options.strata, "match", path, "--id", ID, "--threads", threads]
    commands = {
        "strata": [*match, "--blocking", rules, "--out", outputs["strata"]],
        "Splink": [options.python, HERE / "peers/match_splink.py", path, rules, threads, outputs["Splink"]],
        "strata, own rules": [*match, "--out", outputs["strata, own rules"]],
    }
    outputs["Splink"].mkdir(exist_ok=True)
    with tempfile.TemporaryFile() as log:
        runs = {name: (lambda command=command: measure(command, log)) for name, command in commands.items()}
        results = take_turns(runs, options.repeats)
    median = {
        name: [statistics.median(run[figure] for run in runs) for figure in (0, 1, 3)] for name, runs in results.items()
    }
    counted = {name: json.loads((outputs[name] / "summary.json").read_text())["pairs"]["in_blocks"] for name in outputs}
    peer = median["Splink"]
    rows = []
    for name, (wall, memory, processor) in median.items():
        judged = accuracy(outputs[name] / "clusters.csv", truth)
        rows.append(
            [name, f"{wall:.2f}", f"{wall / peer[0]:.2f}", f"{processor:.1f}", f"{memory / 1e6:.0f}",
             f"{memory / peer[1]:.2f}", f"{counted[name]:,}", *(f"{figure:.4f}" for figure in judged)])
    print(
        f"Matching {customers:,} simulated customers, {len(COLUMNS)} columns, {threads} threads, CSV in, CSV out, the whole "
        f"process; the aim is {AIM} of Splink's time and memory\n")
    table(
        ["system", "seconds", "of Splink", "processor seconds", "peak MB", "of Splink", "pairs in blocks", "precision",
         "recall", "F1"], rows)
