"""Recency, frequency, monetary and their quintiles by Polars, on all cores: rfm_polars.py IN.csv OUT.csv"""

import sys

import polars as pl

customers = (
    pl.scan_csv(sys.argv[1], try_parse_dates=True)
    .select("customer_id", "order_id", "timestamp", amount=pl.col("quantity") * pl.col("unit_price"))
    .group_by("customer_id")
    .agg(
        first_purchase=pl.col("timestamp").min(),
        last_purchase=pl.col("timestamp").max(),
        frequency=pl.col("order_id").n_unique(),
        monetary=pl.col("amount").sum(),
    )
    .collect(engine="streaming")
)
newest, count = customers["last_purchase"].max(), customers.height
customers = customers.with_columns(
    recency_days=(pl.lit(newest) - pl.col("last_purchase")).dt.total_seconds() / 86_400
)


def quintile(column: pl.Expr) -> pl.Expr:
    return (column.rank("ordinal") - 1) * 5 // count + 1


customers.with_columns(
    r=quintile(-pl.col("recency_days")), f=quintile(pl.col("frequency")), m=quintile(pl.col("monetary"))
).write_csv(sys.argv[2])
