"""DuckDB's SUMMARIZE of a CSV file, rows with another number of fields left out: summarize_duckdb.py IN.csv THREADS

Prints the rows that were counted.
"""

import sys

import duckdb

duckdb.execute(f"set threads = {int(sys.argv[2])}")
result = duckdb.sql(f"select * from (summarize select * from read_csv('{sys.argv[1]}', ignore_errors = true))")
print(result.fetchall()[0][result.columns.index("count")])
