"""Splink on DuckDB: the columns and the blocking rules of strata match. match_splink.py FILE RULES.yml THREADS FOLDER"""

import json
import re
import sys
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

source, rules_path, threads, folder = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])
# Rules of whole columns, one `columns: [a, b]` a line.
rules = [re.split(", *", names) for names in re.findall(r"columns: \[(.*)\]", Path(rules_path).read_text())]
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="customer_id",
    blocking_rules_to_generate_predictions=[block_on(*columns) for columns in rules],
    comparisons=[
        cl.JaroWinklerAtThresholds("given_name", [0.9, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("family_name", [0.9, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("email", [0.95, 0.88]),
        cl.DamerauLevenshteinAtThresholds("phone", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
        cl.JaroWinklerAtThresholds("city", [0.9, 0.8]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("country"),
    ],
)
connection = duckdb.connect()
connection.execute(f"SET threads TO {threads}")
# Empty cells are missing, all columns text; read by DuckDB itself, which takes less memory than pandas would.
connection.execute(
    f"CREATE TABLE customers AS SELECT * FROM read_csv('{source}', all_varchar = true, nullstr = '', header = true)"
)
database = DuckDBAPI(connection=connection)
linker = Linker(database.register("customers"), settings)
linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
linker.training.estimate_probability_two_random_records_match([block_on("email"), block_on("phone")], recall=0.8)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("email"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date", "family_name"))
pairs = linker.inference.predict(threshold_match_probability=0.01)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.9)
connection.execute(
    f"COPY (SELECT customer_id, cluster_id FROM {clusters.physical_name}) TO '{folder / 'clusters.csv'}' (HEADER)"
)
# Pairs that the rules bring together, those of several rules counted as often, as strata counts them.
count = 0
for columns in rules:
    present = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    count += connection.execute(
        f"SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM (SELECT count(*) AS n FROM customers WHERE {present} "
        f"GROUP BY {', '.join(columns)})"
    ).fetchone()[0]
(folder / "summary.json").write_text(json.dumps({"pairs": {"in_blocks": int(count)}}))
