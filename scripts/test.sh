#!/usr/bin/env bash
# The lint, the build with its check of imports, and every test. Arguments go to `swift test`, for example
# `scripts/test.sh --filter SemanticsTests`. The last line printed is the test runner's own.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh
swift format lint --strict --recursive --parallel Sources Tests Package.swift

# A folder of its own: a build with testing enabled and one without would undo each other.
options=(-c release -Xswiftc -enable-testing --scratch-path .build-test)
swift build "${options[@]}" --build-tests --explicit-target-dependency-import-check error
export STRATA_BINARY="$PWD/.build-test/release/strata"
swift test "${options[@]}" --skip-build "$@"
