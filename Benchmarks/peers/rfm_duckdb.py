"""Recency, frequency, monetary and their quintiles by DuckDB, on all cores: rfm_duckdb.py IN.csv OUT.csv"""

import sys

import duckdb

duckdb.execute(
    f"""
    copy (
        with customers as (
            select customer_id,
                min("timestamp") as first_purchase,
                max("timestamp") as last_purchase,
                count(distinct order_id) as frequency,
                sum(quantity * unit_price) as monetary
            from read_csv('{sys.argv[1]}')
            group by customer_id
        ), aged as (
            select *, date_diff('second', last_purchase, (select max(last_purchase) from customers)) / 86400.0
                as recency_days
            from customers
        )
        select *,
            ntile(5) over (order by recency_days desc) as r,
            ntile(5) over (order by frequency) as f,
            ntile(5) over (order by monetary) as m
        from aged
    ) to '{sys.argv[2]}' (header)
    """
)
