#!/usr/bin/env bash
# The main job on the data of notebooks-data: real purchases, then a simulated shop with people and interactions, of which
# the beginning of the summary is shown. More options of `strata run` may follow.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh
swift build -c release --product strata >&2
.build/release/strata run --transactions notebooks-data/cdnow/purchases.csv --out out/cdnow "$@"
echo
echo "The corner store, simulated (docs/simulation.md): customers, transactions, interactions"
.build/release/strata run notebooks-data/corner-store/{customers,transactions,interactions}.csv \
    --out out/corner-store "$@" | awk '/^$/ && ++part == 2 { exit } { print }'
echo "Results in out/corner-store"
