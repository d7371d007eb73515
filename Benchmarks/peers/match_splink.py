"""Splink on DuckDB: the columns and the blocking of strata match on simulated customers. match_splink.py FILE THREADS"""

import json
import sys
import time

import duckdb
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

begin = time.perf_counter()
frame = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False).replace("", None)
rules = [
    block_on("email"),
    block_on("phone"),
    block_on("given_name", "family_name"),
    block_on("family_name", "birth_date"),
    block_on("given_name", "birth_date"),
    block_on("birth_date", "city"),
]
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="customer_id",
    blocking_rules_to_generate_predictions=rules,
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
connection.execute(f"SET threads TO {sys.argv[2]}")
database = DuckDBAPI(connection=connection)
linker = Linker(database.register(frame), settings)
linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
linker.training.estimate_probability_two_random_records_match([block_on("email"), block_on("phone")], recall=0.8)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("email"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date", "family_name"))
pairs = linker.inference.predict(threshold_match_probability=0.01)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.9)
found = clusters.as_pandas_dataframe()
print(json.dumps({"seconds": time.perf_counter() - begin, "entities": int(found["cluster_id"].nunique())}))
