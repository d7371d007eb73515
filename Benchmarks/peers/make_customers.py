"""Writes customers as CSV, the same for the same seed: make_customers.py ROWS OUT.csv [SEED]

Twelve columns: customer_id, name, email, phone, city, country, registered, birth_date, spent, category, postcode, note. Names
are Latin, Persian and Chinese; one cell in a hundred of the columns that people fill in says nothing (`-`, `N/A`, `ندارد`,
`无`, `1900-01-01` …) and three in a hundred are empty; one row in a hundred thousand has a field too many or too few.
"""

import sys

import numpy as np
import polars as pl

GIVEN = {
    "GB": "Oliver Amelia Noah Isla George Ava Arthur Mia Muhammad Ivy Leo Lily Harry Freya Oscar Florence Archie Willow Henry "
    "Emily Theodore Sophia Freddie Ella Jack Grace Charlie Evie Thomas Daisy Jacob Alice Alfie Sienna William Isabella "
    "Anne-Marie José Zoë Siân".split(),
    "IR": "علی زهرا محمد فاطمه حسین مریم رضا نرگس امیر سارا مهدی نازنین حسن الهام جواد شیرین پرویز لیلا کامران مینا بهرام "
    "پریسا داریوش رویا".split(),
    "CN": "伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 建国 子涵 欣怡 浩然 雨轩".split(),
}
FAMILY = {
    "GB": "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts "
    "Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner Martin Cooper Hill Ward Hughes Moore O'Brien "
    "Baker-Young McDonald Müller Nuñez Kowalski".split(),
    "IR": "محمدی حسینی احمدی رضایی کریمی موسوی جعفری صادقی رحیمی ابراهیمی قاسمی هاشمی مرادی اکبری نجفی شریفی تهرانی یزدانی "
    "کاظمی رستمی".split(),
    "CN": "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 欧阳 司马".split(),
}
CITIES = {
    "GB": "London Birmingham Manchester Glasgow Leeds Liverpool Bristol Sheffield Edinburgh Leicester Cardiff Belfast "
    "Nottingham Plymouth York Bath Derby Brighton Southampton Portsmouth".split(),
    "IR": "تهران مشهد اصفهان کرج شیراز تبریز قم اهواز کرمانشاه رشت".split(),
    "CN": "上海 北京 广州 深圳 成都 重庆 杭州 武汉 西安 南京 天津 苏州".split(),
}
PROVIDERS = "gmail.com yahoo.com outlook.com hotmail.com qq.com 163.com example.org mail.example.co.uk".split()
CATEGORIES = "retail wholesale online partner staff press student senior trial vip lapsed prospect".split()
OPENINGS = "asked about|ordered|returned|praised|complained about|wants a call about|was sent|cancelled".split("|")
THINGS = (
    "the blue lamp|a late delivery|an invoice|the loyalty card|the summer sale|a broken handle|the new app|گارانتی کالا|"
    "发票问题|gift wrapping|opening hours|the return policy"
).split("|")
ENDS = "twice|by phone|in the shop|, see the file|and was content|, to be settled|on the web|again".split("|")
MISSING = {"city": ["-", "N/A", "ندارد", "无", "unknown"], "email": ["-", "n/a", "none"], "phone": ["-", "0000", "N/A"],
           "birth_date": ["1900-01-01", "0000-00-00"], "postcode": ["-", "00000"], "note": ["N/A", "-", "ندارد"]}
CHUNK = 500_000


def part(random, first, rows):
    countries = np.array(["GB", "IR", "CN"])[random.choice(3, rows, p=[0.6, 0.2, 0.2])]

    def of_country(words):
        chosen = np.empty(rows, dtype=object)
        for country, list_ in words.items():
            at = countries == country
            weights = 1 / np.arange(1, len(list_) + 1) ** 0.7
            chosen[at] = np.array(list_, dtype=object)[random.choice(len(list_), at.sum(), p=weights / weights.sum())]
        return chosen

    def series(values):
        return pl.Series(values, dtype=pl.String)

    def pick(words, power=0.5):
        weights = 1 / np.arange(1, len(words) + 1) ** power
        return series(np.array(words, dtype=object)[random.choice(len(words), rows, p=weights / weights.sum())])

    def digits(count):
        return pl.select(pl.lit(pl.Series(random.integers(0, 10**count, rows))).cast(pl.String).str.zfill(count)).to_series()

    def days(begin, end, skew):
        low, high = np.datetime64(begin), np.datetime64(end)
        return pl.Series(low + ((high - low).astype(int) * random.random(rows) ** skew).astype("timedelta64[D]")).dt.strftime(
            "%Y-%m-%d"
        )

    given, family = series(of_country(GIVEN)), series(of_country(FAMILY))
    country = series(countries)
    local = pick(["anna", "m", "li.wei", "sara", "info", "j.smith", "reza", "the-shop", "oliver", "zhang"])
    numbers = digits(9)
    table = pl.DataFrame(
        {
            "customer_id": [f"C{first + row:09d}" for row in range(rows)], "given": given, "family": family,
            "local": local, "tail": digits(6), "provider": pick(PROVIDERS, 0.9), "numbers": numbers, "country": country,
            "city": series(of_country(CITIES)), "registered": days("2015-01-01", "2026-01-01", 0.7),
            "birth_date": days("1940-01-01", "2008-01-01", 0.9), "spent": np.round(np.exp(random.normal(4.5, 1.3, rows)), 2),
            "category": pick(CATEGORIES, 1.0), "code": digits(5), "opening": pick(OPENINGS), "thing": pick(THINGS),
            "end": pick(ENDS), "style": random.random(rows),
        }
    ).select(
        "customer_id",
        pl.when(pl.col("country") == "CN").then(pl.col("family") + pl.col("given"))
        .otherwise(pl.col("given") + " " + pl.col("family")).alias("name"),
        (pl.col("local") + pl.col("tail") + "@" + pl.col("provider")).alias("email"),
        pl.when(pl.col("style") < 0.5)
        .then(pl.lit("+44 7") + pl.col("numbers").str.slice(0, 3) + " " + pl.col("numbers").str.slice(3))
        .when(pl.col("style") < 0.8).then(pl.lit("09") + pl.col("numbers"))
        .otherwise(pl.lit("138-") + pl.col("numbers").str.slice(0, 4) + "-" + pl.col("numbers").str.slice(4, 4))
        .alias("phone"),
        "city", "country", "registered", "birth_date", "spent", "category", pl.col("code").alias("postcode"),
        pl.when(pl.col("style") * 10 % 1 < 0.3).then(pl.col("opening") + " " + pl.col("thing") + " " + pl.col("end"))
        .otherwise(pl.col("opening") + " " + pl.col("thing") + " " + pl.col("end") + ", ref " + pl.col("tail")).alias("note"),
    )
    blanks = []
    for column, words in MISSING.items():
        chance, word = random.random(rows), series(np.array(words, dtype=object)[random.integers(0, len(words), rows)])
        blanks.append(
            pl.when(pl.lit(pl.Series(chance)) < 0.01).then(pl.lit(word))
            .when(pl.lit(pl.Series(chance)) < 0.04).then(pl.lit(None, dtype=pl.String)).otherwise(pl.col(column)).alias(column)
        )
    return table.with_columns(blanks)


def main() -> None:
    rows, path = int(sys.argv[1]), sys.argv[2]
    random = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    with open(path, "wb") as file:
        for first in range(0, rows, CHUNK):
            table = part(random, first, min(CHUNK, rows - first))
            text = table.write_csv(include_header=first == 0, quote_style="necessary").encode()
            # One row in a hundred thousand has a field too many, or lacks its first.
            lines = text.split(b"\n")
            for place in range(50_000, len(lines) - 1, 100_000):
                lines[place] = lines[place] + b",more" if place // 50_000 % 4 == 1 else lines[place].split(b",", 1)[1]
            file.write(b"\n".join(lines))


main()
