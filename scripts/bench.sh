#!/usr/bin/env bash
# strata beside other systems, on the same files in one run: Benchmarks/README.md has the settings.
set -euo pipefail
cd "$(dirname "$0")/.."

strata=${STRATA:-}
if [ -z "$strata" ]; then
    scripts/install.sh
    swift build -c release --product strata >&2
    strata=.build/release/strata
fi

# How the lifecycle has held needs no peer.
if [ "${ONLY:-lifecycle}" = lifecycle ]; then
    python3 Benchmarks/lifecycle.py --strata "$strata"
    if [ -n "${ONLY:-}" ]; then exit 0; fi
fi

peers=${PEERS:-.peers}
if ! "$peers/bin/python" -c 'import numpy, polars, duckdb, sklearn, sklearnex, faiss, fim, splink' 2> /dev/null; then
    echo "Installing the peers into $peers" >&2
    python3 -m venv "$peers" || {
        echo "The peers need a Python environment; as root, run: apt-get install python3-venv" >&2
        exit 1
    }
    "$peers/bin/pip" install -q numpy scipy pandas pyarrow threadpoolctl scikit-learn scikit-learn-intelex faiss-cpu \
        polars duckdb pyfim splink >&2
fi

exec env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE python3 Benchmarks/compare.py \
    --strata "$strata" --python "$peers/bin/python" --work .bench \
    --rows "${ROWS:-10000000}" --repeats "${REPEATS:-5}" ${ONLY:+--only "$ONLY"}
