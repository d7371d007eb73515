"""Judges strata clean on simulated companies whose wrong cells are known. Prints tables in Markdown.

cleaning.py --strata BINARY [--customers 20000] [--seeds 1 2 3] [--show 20]
    for every seed: simulates, cleans customers.csv, and compares with truth/cells.csv: the share of wrong cells with a
    right value to be had that got it, by kind, and the share of right cells that were changed.

Phones are compared as numbers: `+44 7400 123456` and `+447400123456` are the same. Uses Python's own library alone.
"""

import argparse
import csv
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

PREFIXES = {"GB": "+44", "IR": "+98", "CN": "+86"}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(phone, country):
    """A phone of the simulation in E.164."""
    digits = "".join(letter for letter in phone if letter.isdigit() or letter == "+")
    if not digits or digits.startswith("+"):
        return digits
    return PREFIXES[country] + digits.removeprefix("0")


def judge(strata, customers, seed, show, options):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        company, cleaned = folder / "company", folder / "cleaned"
        run = lambda *words: subprocess.run([strata, *map(str, words)], check=True, capture_output=True)
        run("simulate", "--customers", customers, "--seed", seed, "--days", "60", "--out", company, *options)
        run("clean", company / "customers.csv", "--out", cleaned)
        before = read(company / "customers.csv")
        after = {row["customer_id"]: row for row in read(cleaned / "customers.csv")}
        wrong = {(cell["customer_id"], cell["column"]): cell for cell in read(company / "truth" / "cells.csv")}
        ledger = {(row["id"], row["column"]): row for row in read(cleaned / "ledger.csv")}

    found, restored, harmed, right, examples = Counter(), Counter(), Counter(), Counter(), []
    country = {row["customer_id"]: row["country"] for row in before}
    for row in before:
        identity = row["customer_id"]
        for column, written in row.items():
            cell = wrong.get((identity, column))
            true = cell["true"] if cell else written
            now = after[identity][column]
            same = number(now, country[identity]) == number(true, country[identity]) if column == "phone" else now == true
            if not cell:
                right[column] += 1
                harmed[column] += not same
                if not same:
                    examples.append(("harmed", column, written, now, ledger.get((identity, column), {}).get("rule")))
            elif cell["recoverable"] == "true":
                found[cell["kind"]] += 1
                restored[cell["kind"]] += same
                if not same:
                    examples.append((cell["kind"], column, written, now, true))
    for example in examples[:show]:
        print(*example, sep=" | ")
    return found, restored, harmed, right


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata", required=True)
    parser.add_argument("--customers", type=int, default=20000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--show", type=int, default=0, help="cells to show that are not as they should be")
    parser.add_argument("--rate", action="append", default=[], help="a rate of the simulation, as typos=0.05")
    arguments = parser.parse_args()
    options = [word for rate in arguments.rate for word in ("--rate", rate)]
    total = [Counter(), Counter(), Counter(), Counter()]
    print("| seed | wrong cells with a right value | restored | right cells | changed |")
    print("|---|---|---|---|---|")
    for seed in arguments.seeds:
        counts = judge(arguments.strata, arguments.customers, seed, arguments.show, options)
        for sum_, part in zip(total, counts):
            sum_.update(part)
        found, restored, harmed, right = (count.total() for count in counts)
        print(f"| {seed} | {found:,} | {restored / found:.2%} | {right:,} | {harmed / right:.4%} |")
    found, restored, harmed, right = total
    print("\n| kind | cells | restored |\n|---|---|---|")
    for kind in sorted(found, key=lambda kind: -found[kind]):
        print(f"| {kind} | {found[kind]:,} | {restored[kind] / found[kind]:.1%} |")
    print("\n| column | right cells | changed |\n|---|---|---|")
    for column in right:
        print(f"| {column} | {right[column]:,} | {harmed[column]:,} |")


if __name__ == "__main__":
    main()
