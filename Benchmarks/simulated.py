"""Judges strata on companies that it simulated, and simulated companies by real ones. Prints tables in Markdown.

simulated.py truth --strata BINARY [--customers 50000] [--seeds 1 2 3 4 5]
    for every seed: simulates, runs `strata run` without options, and compares its stages and clusters with the truth.
simulated.py likeness --strata BINARY [--customers 10000] [--retail FILE]
    order size, gaps, returns and concentration of a simulated company, CDNOW and UCI Online Retail.

Uses Python's own library alone.
"""

import argparse
import csv
import datetime
import gzip
import math
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def pairs(count):
    return count * (count - 1) / 2


def adjusted_rand_index(labels, others):
    """Agreement of two partitions, 0 for chance and 1 for the same (Hubert & Arabie 1985, equation 5)."""
    cells = sum(pairs(count) for count in Counter(zip(labels, others)).values())
    rows = sum(pairs(count) for count in Counter(labels).values())
    columns = sum(pairs(count) for count in Counter(others).values())
    expected = rows * columns / pairs(len(labels))
    return (cells - expected) / ((rows + columns) / 2 - expected)


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def truth(options):
    rows, wrong = [], Counter()
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            shop, out = Path(folder, "shop"), Path(folder, "out")
            simulate = [options.strata, "simulate", "--customers", str(options.customers), "--seed", str(seed)]
            subprocess.run([*simulate, "--out", shop], check=True, stdout=subprocess.DEVNULL)
            files = [shop / name for name in ("customers.csv", "transactions.csv", "interactions.csv")]
            subprocess.run([options.strata, "run", *files, "--out", out], check=True, stdout=subprocess.DEVNULL)
            stages = {row["customer_id"]: row["stage"] for row in read(shop / "truth/stages.csv")}
            segments = {row["customer_id"]: row["segment"] for row in read(shop / "truth/segments.csv")}
            planted, found, agreed, seen = [], [], 0, 0
            for row in read(out / "segments.csv"):
                stage = stages[row["customer_id"]]
                seen += 1
                agreed += row["stage"] == stage
                wrong[stage, row["stage"]] += 1
                if row["cluster"]:
                    planted.append(segments[row["customer_id"]])
                    found.append(row["cluster"])
            assert seen == len(stages) == options.customers
            index = adjusted_rand_index(planted, found)
            rows.append([str(seed), f"{agreed / seen:.1%}", f"{index:.3f}", f"{len(planted):,}"])
            print(f"seed {seed}: stages agree for {agreed / seen:.1%}, adjusted Rand index {index:.3f}", file=sys.stderr)
    print(f"{options.customers:,} customers, `strata run` without options\n")
    table(["seed", "stage agrees", "adjusted Rand index of clusters and segments", "buyers clustered"], rows)
    names = ["prospect", "responder", "active", "former"]
    total = sum(wrong.values())
    print("true stage by row, found by column, share of all customers over all seeds\n")
    table(["", *names], [[row, *(f"{wrong[row, column] / total:.2%}" for column in names)] for row in names])


def figures(lines):
    """What a shop is like: lines are (customer, order, day, value, whether goods come back)."""
    orders, days, returned, bought = {}, defaultdict(set), [0, 0.0], [0, 0.0]
    for customer, order, day, value, comes_back in lines:
        tally = returned if comes_back else bought
        tally[0] += 1
        tally[1] += abs(value)
        if not comes_back:
            entry = orders.setdefault((customer, order), [0, 0.0])
            entry[0] += 1
            entry[1] += value
            days[customer].add(day)
    spent, counts = Counter(), Counter()
    for (customer, _), (_, value) in orders.items():
        spent[customer] += value
        counts[customer] += 1
    gaps = []
    for own in days.values():
        own = sorted(own)
        gaps += [later - earlier for earlier, later in zip(own, own[1:])]
    gaps.sort()
    values = sorted(value for _, value in orders.values())
    logs = [math.log(value) for value in values if value > 0]
    amounts = sorted(spent.values(), reverse=True)
    top = amounts[: -(-len(amounts) // 5)]

    def quantile(ordered, share):
        return ordered[int(share * (len(ordered) - 1))]

    return [
        f"{len(counts):,}",
        f"{len(orders):,}",
        f"{statistics.mean(lines for lines, _ in orders.values()):.1f}",
        f"{quantile(values, 0.5):.2f}",
        f"{statistics.mean(values) / quantile(values, 0.5):.2f}",
        f"{statistics.stdev(logs):.2f}",
        f"{sum(count == 1 for count in counts.values()) / len(counts):.1%}",
        f"{len(orders) / len(counts):.1f}",
        f"{quantile(gaps, 0.25)} / {quantile(gaps, 0.5)} / {quantile(gaps, 0.75)} / {quantile(gaps, 0.9)}",
        f"{statistics.mean(gaps) / quantile(gaps, 0.5):.2f}",
        f"{returned[0] / (returned[0] + bought[0]):.1%}",
        f"{returned[1] / bought[1]:.1%}",
        f"{sum(top) / sum(amounts):.1%}",
    ]


NAMES = [
    "customers who bought", "orders", "lines an order", "order value, median", "order value, mean / median",
    "order value, spread of ln", "customers with one order", "orders a customer",
    "days between purchases, 25 / 50 / 75 / 90 %", "days between purchases, mean / median", "lines that come back",
    "value that comes back", "revenue of the top fifth",
]


def day_number(text):
    return datetime.date.fromisoformat(text[:10]).toordinal()


def simulated_lines(path):
    for row in read(path):
        quantity = int(row["quantity"])
        value = quantity * float(row["unit_price"])
        yield row["customer_id"], row["order_id"], day_number(row["order_time"]), value, quantity < 0


def cdnow_lines(path):
    for row in read(path):
        yield row["customer_id"], row["date"], day_number(row["date"]), float(row["amount"]), False


def retail_lines(path):
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["CustomerID"]:
                quantity = int(row["Quantity"])
                value = quantity * float(row["UnitPrice"])
                yield row["CustomerID"], row["InvoiceNo"], day_number(row["InvoiceDate"]), value, quantity < 0


def likeness(options):
    columns = {}
    with tempfile.TemporaryDirectory() as folder:
        for plan in ("separable", "overlapping"):
            simulate = [options.strata, "simulate", "--customers", str(options.customers), "--segments", plan]
            subprocess.run([*simulate, "--out", folder], check=True, stdout=subprocess.DEVNULL)
            columns[f"simulated, {plan}"] = figures(simulated_lines(Path(folder, "transactions.csv")))
    if options.retail.exists():
        columns["Online Retail"] = figures(retail_lines(options.retail))
    columns["CDNOW"] = figures(cdnow_lines(ROOT / "notebooks-data/cdnow/purchases.csv"))
    table(["", *columns], [[name, *(column[row] for column in columns.values())] for row, name in enumerate(NAMES)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    for name, run, customers in (("truth", truth, 50_000), ("likeness", likeness, 10_000)):
        command = commands.add_parser(name)
        command.add_argument("--strata", type=Path, default=ROOT / ".build/release/strata", help="the binary")
        command.add_argument("--customers", type=int, default=customers)
        command.set_defaults(run=run)
        if name == "truth":
            command.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
        else:
            retail = ROOT.parent / "shared/data/online_retail/online_retail.csv.gz"
            command.add_argument("--retail", type=Path, default=retail, help="UCI Online Retail as CSV, packed")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
