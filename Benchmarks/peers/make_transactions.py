"""Writes lines of orders as CSV, the same for the same seed: make_transactions.py ROWS OUT.csv [SEED]

Columns: order_id, customer_id, timestamp, product_id, quantity, unit_price, channel. One customer for 20 lines; how often a
customer orders is gamma distributed, an order has 2 to 8 lines, products follow Zipf's law, and the orders lie in two years.
"""

import sys

import numpy as np
import polars as pl


def main() -> None:
    rows, path = int(sys.argv[1]), sys.argv[2]
    random = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 7)

    customer_count = max(rows // 20, 10)
    rates = random.gamma(0.7, 1.0, customer_count) + 0.02
    order_count = int(rows / 3.2) + 10
    customers = random.choice(customer_count, order_count, p=rates / rates.sum())
    line_counts = np.minimum(1 + random.geometric(0.4, order_count), 8)
    orders = np.repeat(np.arange(order_count), line_counts)[:rows]

    start = np.datetime64("2024-01-01T00:00:00", "s").astype(np.int64)
    times = start + np.sort(random.integers(0, 730 * 86_400, order_count))
    products = random.zipf(1.3, len(orders)) % 5000
    prices = np.round(np.exp(random.normal(2.2, 0.9, 5000)), 2)
    channels = np.array(["web", "store", "app"])

    def code(letter: str, numbers: np.ndarray, width: int) -> pl.Series:
        return pl.select(pl.lit(letter) + pl.Series(numbers).cast(pl.String).str.zfill(width)).to_series()

    pl.DataFrame(
        {
            "order_id": orders + 1_000_000,
            "customer_id": code("C", customers[orders], 8),
            "timestamp": pl.Series(times[orders] * 1000).cast(pl.Datetime("ms")).dt.strftime("%Y-%m-%dT%H:%M:%S"),
            "product_id": code("P", products, 5),
            "quantity": random.integers(1, 6, len(orders)),
            "unit_price": prices[products],
            "channel": pl.Series(channels[random.integers(0, 3, len(orders))]),
        }
    ).write_csv(path)


main()
