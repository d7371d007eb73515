"""Prints how the lifecycle has held on CDNOW and UCI Online Retail, at the dates that its definition was tried at, beside the
figures of that experiment: AUC of the chance of return and of recency alone, information gained by the states and by 30, 60
and 90-day buckets of recency, Brier score, observed return by state, calibration, and gaps beyond the threshold.

Ends with status 1 when a bar is missed: AUC not above recency's or more than .005 below the definition's, states out of
order, or less information than the buckets over the dates of a data set. Needs strata and Python alone.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HORIZON = 90
# Days after the first of the data: AUC of the chance and of recency alone, by the definition.
SETS = [
    ("CDNOW", ROOT / "notebooks-data/cdnow/purchases.csv", date(1997, 1, 1),
     {181: (0.745, 0.726), 272: (0.774, 0.763), 364: (0.807, 0.793), 455: (0.841, 0.828)}, (0.0727, 0.0603)),
    ("Online Retail", ROOT.parent / "shared/data/online_retail/online_retail.csv.gz", date(2010, 12, 1),
     {160: (0.723, 0.652), 220: (0.755, 0.684), 283: (0.737, 0.683)}, (0.0705, 0.0423)),
]
STATES = ["new", "growing", "mature", "won back", "at risk", "dormant", "lost"]
ACTIVE = ["new", "growing", "mature", "won back"]


def judgement(strata, source, day):
    """What `strata run` one horizon after the day says of it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [strata, "run", source, "--returns", "ignore", "--as-of", str(day + timedelta(days=HORIZON)), "--out",
             f"{folder}/out", "--progress", "never"],
            check=True, capture_output=True,
        )
        manifest = json.loads(Path(folder, "out/manifest.json").read_text())
    newest = manifest["lifecycle"]["dates"][0]
    assert newest["asOf"] == str(day), newest["asOf"]
    return newest


def share(groups):
    customers = sum(group["customerCount"] for group in groups)
    return sum(group["returnedCount"] for group in groups) / customers if customers else None


def is_ordered(states):
    """Observed return: active > at risk > dormant >= lost, of those that have customers."""
    active = share([states[name] for name in ACTIVE if name in states])
    falling = [active] + [share([states[name]]) for name in ("at risk", "dormant") if name in states]
    lost = share([states["lost"]]) if "lost" in states else None
    return all(a > b for a, b in zip(falling, falling[1:])) and (lost is None or falling[-1] >= lost)


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strata", required=True, type=Path, help="the binary")
    options = parser.parse_args()
    missed = []
    for name, source, first, days, (information, buckets) in SETS:
        if not source.exists():
            print(f"{name}: {source} is not there, left out\n")
            continue
        judged = {day: judgement(options.strata, source, first + timedelta(days=day)) for day in days}
        print(f"Lifecycle on {name}, horizon {HORIZON} days; in brackets the definition's figures\n")
        rows = []
        for day, (area, recency) in days.items():
            found = judged[day]
            auc, alone = found["areaUnderCurve"], found["recencyAreaUnderCurve"]
            states = {state["state"]: state for state in found["states"]}
            coverage = found["coverage"]
            rows.append([
                f"{day}", f"{found['customerCount']:,}", f"{auc:.4f} ({area})", f"{alone:.4f} ({recency})",
                f"{found['informationGained']:.4f}", f"{found['bucketInformationGained']:.4f}",
                f"{found['brierScore']:.4f}", f"{found['brierScoreOfShare']:.4f}",
                "yes" if is_ordered(states) else "NO", f"{coverage['exceedingCount'] / coverage['gapCount']:.1%}",
            ])
            if auc <= alone:
                missed.append(f"{name}, day {day}: AUC {auc:.4f} is not above recency's {alone:.4f}")
            if auc < area - 0.005:
                missed.append(f"{name}, day {day}: AUC {auc:.4f} is more than .005 below {area}")
            if not is_ordered(states):
                missed.append(f"{name}, day {day}: the states are out of order")
        mean = sum(found["informationGained"] for found in judged.values()) / len(judged)
        mean_buckets = sum(found["bucketInformationGained"] for found in judged.values()) / len(judged)
        if mean <= mean_buckets:
            missed.append(f"{name}: the states tell {mean:.4f} nats, buckets {mean_buckets:.4f}")
        rows.append(["mean", "", "", "", f"{mean:.4f} ({information})", f"{mean_buckets:.4f} ({buckets})", "", "", "", ""])
        table(
            ["day", "customers", "AUC of the chance", "of recency", "information (nats)", "of buckets", "Brier",
             "of the share", "in order", "gaps beyond the threshold"], rows)
        print("Observed return by state (what the chance expected)\n")
        table(
            ["day"] + STATES,
            [[f"{day}"] + [
                f"{state['returnedCount'] / state['customerCount']:.3f} ({state['predictedReturn']:.3f})" if state else "–"
                for state in (next((s for s in judged[day]["states"] if s["state"] == name), None) for name in STATES)
            ] for day in days])
        print("Calibration: observed return by tenths of the chance (what the chance expected), customers\n")
        table(
            ["day"] + [f"{tenth}." for tenth in range(1, 11)],
            [[f"{day}"] + [
                f"{group['returnedCount'] / group['customerCount']:.2f} ({group['predictedReturn']:.2f}), "
                f"{group['customerCount']:,}" if group else "–"
                for group in (
                    next((g for g in judged[day]["calibration"] if int(g["predictedReturn"] * 10) == tenth), None)
                    for tenth in range(10))
            ] for day in days])
    for line in missed:
        print(f"missed: {line}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
