"""Frequent itemsets by PyFIM: itemsets.py ALGORITHM FILE COUNT s|c list|count. Prints JSON: the seconds of the mining call
alone, and how many sets there are."""

import json
import sys
import time

import fim

algorithm, path, count, target, report = sys.argv[1:]
with open(path) as file:
    baskets = [[int(item) for item in line.split()] for line in file if line.strip()]
begin = time.perf_counter()
found = getattr(fim, algorithm)(
    baskets, target=target, supp=-int(count), zmin=1, report="a" if report == "list" else "#")
seconds = time.perf_counter() - begin
sets = len(found) if report == "list" else int(sum(found.values()))
print(json.dumps({"seconds": seconds, "sets": sets}))
