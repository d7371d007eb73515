# Each target is one script.
.PHONY: run test bench format

run: ; @scripts/run.sh
test: ; @scripts/test.sh
bench: ; @scripts/bench.sh
format: ; @scripts/format.sh
