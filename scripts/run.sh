#!/usr/bin/env bash
# The main job on the real data of notebooks-data. More options of `strata run` may follow.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh
swift build -c release --product strata >&2
exec .build/release/strata run --transactions notebooks-data/cdnow/purchases.csv --out out/cdnow "$@"
