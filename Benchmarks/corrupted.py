"""Judges strata clean on tables that were spoilt by other means than strata's own simulation. Prints tables in Markdown.

corrupted.py --strata BINARY [--seeds 1 2 3] [--rows 200 2000 20000] [--only persian] [--show 20] [--rate 0.05]
    makes right tables with headers in English, Persian and Chinese, spoils a share of their cells in ways that people,
    keyboards, spreadsheets and programs do, cleans them, and prints what share of the spoilt cells was restored and
    what share of the right cells was changed, by kind and by column. Then cleans the cleaned, which must change
    nothing, and undoes the cleaning, which must give the bytes back.

    --write FOLDER writes the tables of the first seed, spoilt and right, and judges nothing.

Phones are compared as numbers, amounts as amounts (a toman is ten rials). Uses Python's own library alone.
"""

import argparse
import csv
import datetime
import io
import random
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

GIVEN = """Olivia Jack Amelia Harry Emily George Isla Noah Ava Charlie Lily Jacob Sophie Thomas Grace Oscar Mia William
James Lucy Henry Chloe Leo Ella Alfie Freya Joshua Ruby Max Alice Ethan Daisy Adam Molly Samuel Zoë José Anne-Marie
Siân Björn Renée Daniel Hannah Martin Laura Peter Julia Simon Clara Victor Nina""".split()
FAMILY = """Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts
Green Hall Wood Jackson Clarke O'Brien McDonald Smith-Jones Müller Schmidt Lefèvre Dubois García Fernández Novák Khan
Patel Lewis Harris Cooper King Baker Turner Hill Moore Ward Watson Morris Bell Carter Murphy Price Bennett Gray Cox
""".split()
FA_GIVEN = """محمد علی فاطمه زهرا حسین مریم رضا سارا مهدی نرگس امیر الهام حامد لیلا کامران نگین یاسر پریسا کیان شیرین بهرام مینا
فرهاد ژاله آرش گلناز سیاوش نازنین پویا هستی علیرضا محمدرضا امیرحسین فاطمه‌زهرا""".split()
FA_FAMILY = """محمدی حسینی احمدی رضایی کریمی موسوی جعفری صادقی رحیمی قاسمی اکبری نوری یوسفی کاظمی باقری زارع شریفی ملکی تهرانی
شیرازی کرمانی میرزایی عباسی فرهادی نجفی سلطانی پورمحمدی علی‌پور نیک‌نام گل‌محمدی""".split()
ZH_FAMILY = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 欧阳 司马".split()
ZH_GIVEN = "伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 建国 志强 晓明 雨欣 子涵 浩然 梓萱".split()
# City, region, country, first postcode, area code.
CITIES = [
    ("London", "Greater London", "GB", "SW1A 1AA"), ("Manchester", "Greater Manchester", "GB", "M1 2AB"),
    ("Leeds", "West Yorkshire", "GB", "LS1 4DY"), ("Bristol", "Avon", "GB", "BS1 5TR"),
    ("Edinburgh", "Lothian", "GB", "EH1 1BB"), ("Newcastle upon Tyne", "Tyne and Wear", "GB", "NE1 7RU"),
    ("New York", "NY", "US", "10001"), ("Los Angeles", "CA", "US", "90012"), ("Chicago", "IL", "US", "60601"),
    ("Houston", "TX", "US", "77002"), ("San Francisco", "CA", "US", "94102"), ("Boston", "MA", "US", "02108"),
    ("Berlin", "Berlin", "DE", "10115"), ("München", "Bayern", "DE", "80331"), ("Hamburg", "Hamburg", "DE", "20095"),
    ("Köln", "Nordrhein-Westfalen", "DE", "50667"), ("Paris", "Île-de-France", "FR", "75001"),
    ("Lyon", "Auvergne-Rhône-Alpes", "FR", "69001"), ("Marseille", "Provence-Alpes-Côte d'Azur", "FR", "13001"),
]
FA_CITIES = [
    ("تهران", "تهران", "11"), ("مشهد", "خراسان رضوی", "91"), ("اصفهان", "اصفهان", "81"), ("شیراز", "فارس", "71"),
    ("تبریز", "آذربایجان شرقی", "51"), ("کرج", "البرز", "31"), ("اهواز", "خوزستان", "61"), ("قم", "قم", "37"),
    ("کرمانشاه", "کرمانشاه", "67"), ("رشت", "گیلان", "41"), ("یزد", "یزد", "89"), ("کرمان", "کرمان", "76"),
    ("بندرعباس", "هرمزگان", "79"), ("خرم‌آباد", "لرستان", "68"),
]
ZH_CITIES = [
    ("北京", "北京", "1000"), ("上海", "上海", "2000"), ("广州", "广东", "5100"), ("深圳", "广东", "5180"),
    ("成都", "四川", "6100"), ("杭州", "浙江", "3100"), ("武汉", "湖北", "4300"), ("西安", "陕西", "7100"),
    ("南京", "江苏", "2100"), ("重庆", "重庆", "4000"), ("石家庄", "河北", "0500"), ("呼和浩特", "内蒙古", "0100"),
]
COMPANIES = """Acme Ltd|Northwind Traders Ltd|Globex GmbH|Initech Inc|Umbrella Corp|Stark Industries LLC|Wayne Holdings PLC|
Hooli Inc|Vandelay Imports Ltd|Soylent Foods GmbH|Cyberdyne Systems Corp|Tyrell Analytics Ltd|Wonka Sweets Ltd|
Oscorp Chemicals Inc|Pied Piper LLC|Dunder Paper Co|Blue Sun SA|Müller & Söhne GmbH""".replace("\n", "").split("|")
ZH_COMPANIES = "蓝天科技有限公司 长江贸易有限公司 东方物流股份有限公司 华信软件有限公司 金桥食品有限公司 新星电子有限公司".split()
FA_COMPANIES = "شرکت پارس‌تک|شرکت آریا صنعت|شرکت نوین داده|بازرگانی کیمیا|شرکت سپهر غذا|گروه صنعتی بهار".split("|")
SEGMENTS = "Gold Silver Bronze Platinum".split()
STATUSES = "New|Contacted|Qualified|Proposal sent|Closed won|Closed lost".split("|")
FA_LEVELS = "طلایی نقره‌ای برنزی عادی".split()
ZH_LEVELS = "普通会员 银卡会员 金卡会员 钻石会员".split()
STREETS = "High Street|Station Road|Church Lane|Victoria Avenue|Mill Road|Park View|Queens Drive".split("|")
DOMAINS = ["gmail.com"] * 8 + ["yahoo.com"] * 4 + ["hotmail.com"] * 3 + ["outlook.com"] * 3 + ["icloud.com"] * 2 + [
    "acme-trading.com", "northwind.co.uk", "globex.de"]
ZH_DOMAINS = ["qq.com"] * 6 + ["163.com"] * 5 + ["126.com"] * 2 + ["sina.com"] * 2 + ["foxmail.com"]
MISSPELT = {
    "gmail.com": ["gmial.com", "gmal.com", "gmai.com", "gamil.com", "gmail.con", "gmail.cm", "gmaill.com", "gnail.com"],
    "yahoo.com": ["yaho.com", "yahooo.com", "yhaoo.com", "yahoo.con"],
    "hotmail.com": ["hotmial.com", "hotmal.com", "hotmail.con", "hotmil.com"],
    "outlook.com": ["outlok.com", "outloook.com", "outlook.con"], "icloud.com": ["iclod.com", "icoud.com"],
}
NAMES_OF = {
    "GB": ["United Kingdom", "UK", "Great Britain", "GBR", "gb", "U.K.", "Untied Kingdom", "United Kingdon", "英国", "بریتانیا"],
    "US": ["United States", "USA", "U.S.A.", "us", "United States of America", "Untied States", "美国", "آمریکا"],
    "DE": ["Germany", "Deutschland", "DEU", "de", "Germnay", "德国", "آلمان"],
    "FR": ["France", "FRA", "fr", "Frace", "Frankreich", "法国", "فرانسه"],
}
HIDDEN = ["N/A", "n/a", "-", "--", "null", "NULL", "?", "unknown", "نامشخص", "无", "ندارد", "#N/A", "nan", "."]
JALALI_MONTHS = [31] * 6 + [30] * 5 + [29]


def pick(rng, items):
    """One of the items, the first more often than the last."""
    return items[min(int(rng.expovariate(3.0 / len(items))), len(items) - 1)]


def to_jalali(day):
    """The date of the Persian calendar: counted from 1 Farvardin by the 33-year rule (true for 1900 to 2100)."""
    base = datetime.date(1921, 3, 21)  # 1 Farvardin 1300
    days, year = (day - base).days, 1300
    leap = lambda y: y % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
    while days < 0:
        year -= 1
        days += 366 if leap(year) else 365
    while days >= (366 if leap(year) else 365):
        days -= 366 if leap(year) else 365
        year += 1
    for month in range(12):
        length = 30 if month == 11 and leap(year) else JALALI_MONTHS[month]
        if days < length:
            return year, month + 1, days + 1
        days -= length


def day(rng, first, last):
    return datetime.date(first, 1, 1) + datetime.timedelta(rng.randrange((last - first) * 365))


def iran_id(rng):
    while True:
        digits = [rng.randrange(10) for _ in range(9)]
        rest = sum(d * (10 - i) for i, d in enumerate(digits)) % 11
        if len(set(digits)) > 1:
            return "".join(map(str, digits)) + str(rest if rest < 2 else 11 - rest)


def china_id(rng, birth):
    body = rng.choice(["110101", "310101", "440103", "510104"]) + birth.replace("-", "") + f"{rng.randrange(1, 999):03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights)) % 11]


def phone(rng, country):
    n = lambda count: "".join(rng.choice("0123456789") for _ in range(count))
    return {"GB": "+44740" + n(7), "US": "+1" + rng.choice(["212", "310", "312", "415"]) + rng.choice("23456789") +
            rng.choice("23456789") + n(5), "DE": "+49151" + n(8), "FR": "+336" + n(8), "IR": "+98912" + n(7),
            "CN": "+86138" + n(8)}[country]


def email(rng, number, domains):
    name = rng.choice(["ann", "bob", "info", "sara", "ali", "li.wei", "m.smith", "k_lee", "zhang", "reza"])
    return f"{name}{number}@{rng.choice(domains)}"


def english(rng, rows):
    roles = dict(id="Customer No", given="First Name", family="Surname", email="E-mail", phone="Mobile", birth="DOB",
                 street="Street", city="Town", region="State", postcode="Zip", country="Country", company="Company",
                 category="Segment", category2="Status", amount="Income", date="Last Contact")
    table = []
    for number in range(rows):
        city, region, country, code = pick(rng, CITIES)
        if country == "GB":
            code = code[:-2] + rng.choice(["AA", "AB", "BD"])
        table.append(dict(
            id=f"C{number:06d}", given=pick(rng, GIVEN), family=pick(rng, FAMILY), email=email(rng, number, DOMAINS),
            phone=phone(rng, country), birth=str(day(rng, 1945, 2005)),
            street=f"{rng.randrange(1, 200)} {rng.choice(STREETS)}", city=city, region=region, postcode=code,
            country=country, company=pick(rng, COMPANIES), category=pick(rng, SEGMENTS), category2=pick(rng, STATUSES),
            amount=str(rng.randrange(15000, 120000)), date=str(day(rng, 2021, 2025))))
    return roles, table


def persian(rng, rows):
    roles = dict(id="شناسه مشتری", given="نام", family="نام خانوادگی", email="ایمیل", phone="موبایل", birth="تاریخ تولد",
                 city="شهر", region="استان", postcode="کد پستی", national="کد ملی", company="نام شرکت", category="سطح",
                 amount="مبلغ")
    table = []
    for number in range(rows):
        city, region, code = pick(rng, FA_CITIES)
        table.append(dict(
            id=str(10000 + number), given=pick(rng, FA_GIVEN), family=pick(rng, FA_FAMILY),
            email=email(rng, number, DOMAINS), phone=phone(rng, "IR"), birth=str(day(rng, 1945, 2005)), city=city,
            region=region, postcode=code + f"{rng.randrange(10**8):08d}", national=iran_id(rng),
            company=pick(rng, FA_COMPANIES), category=pick(rng, FA_LEVELS), amount=str(rng.randrange(1, 900) * 10000)))
    return roles, table


def chinese(rng, rows):
    roles = dict(id="客户编号", name="姓名", email="邮箱", phone="手机号码", birth="出生日期", region="省份", city="城市",
                 postcode="邮编", national="身份证号", company="公司名称", category="会员等级", amount="金额")
    table = []
    for number in range(rows):
        city, region, code = pick(rng, ZH_CITIES)
        birth = str(day(rng, 1945, 2005))
        table.append(dict(
            id=f"KH{number:05d}", name=pick(rng, ZH_FAMILY) + pick(rng, ZH_GIVEN), email=email(rng, number, ZH_DOMAINS),
            phone=phone(rng, "CN"), birth=birth, region=region, city=city, postcode=code + f"{rng.randrange(8):02d}",
            national=china_id(rng, birth), company=pick(rng, ZH_COMPANIES), category=pick(rng, ZH_LEVELS),
            amount=f"{rng.randrange(100, 90000)}.{rng.randrange(100):02d}"))
    return roles, table


def few(rng, rows):
    roles = dict(id="id", name="full_name", city="city", birth="birthday")
    return roles, [dict(id=str(number), name=f"{pick(rng, GIVEN)} {pick(rng, FAMILY)}", city=pick(rng, CITIES)[0],
                        birth=str(day(rng, 1945, 2005))) for number in range(rows)]


def mixed(rng, rows):
    roles = dict(id="cust_id", given="given", family="family", email="mail", phone="tel", birth="birth_date", city="city",
                 country="country", category="channel", date="registered_at")
    table = []
    for number in range(rows):
        country = rng.choice(["GB", "IR", "CN"])
        if country == "GB":
            given, family, city = pick(rng, GIVEN), pick(rng, FAMILY), pick(rng, CITIES[:6])[0]
        elif country == "IR":
            given, family, city = pick(rng, FA_GIVEN), pick(rng, FA_FAMILY), pick(rng, FA_CITIES)[0]
        else:
            given, family, city = pick(rng, ZH_GIVEN), pick(rng, ZH_FAMILY), pick(rng, ZH_CITIES)[0]
        table.append(dict(id=str(900000 + number), given=given, family=family, email=email(rng, number, DOMAINS),
                          phone=phone(rng, country), birth=str(day(rng, 1945, 2005)), city=city, country=country,
                          category=pick(rng, ["Web shop", "Store", "Phone", "Partner"]), date=str(day(rng, 2018, 2025))))
    return roles, table


TABLES = dict(english=english, persian=persian, chinese=chinese, few=few, mixed=mixed)


def digits_of(text, zero):
    return "".join(chr(ord(zero) + int(c)) if c in "0123456789" else c for c in text)


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def mojibake(text, encoding):
    try:
        return text.encode("utf-8").decode(encoding)
    except UnicodeDecodeError:
        return text


def typo(rng, text):
    """A word with one letter doubled, left out, replaced, or two in each other's place."""
    letters = list(text)
    if len(letters) < 2:
        return text
    place = rng.randrange(len(letters) - 1)
    how = rng.randrange(4)
    if how == 0:
        letters.insert(place, letters[place])
    elif how == 1:
        del letters[place]
    elif how == 2:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    else:
        alphabet = "abcdefghijklmnopqrstuvwxyz" if letters[place].isascii() else "ابپتجدرسشفقکگلمنهوی"
        letters[place] = rng.choice(alphabet)
    return "".join(letters)


def has_han(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def has_arabic(text):
    return any("\u0600" <= c <= "\u06ff" for c in text)


def spoil_words(rng, role, value, row, vocabulary):
    ways = ["spaces"] * 2
    if value.isascii():
        ways += ["full width", "case", "case"]
    elif not has_han(value) and not has_arabic(value):
        ways += ["case"] * 2 + ["mojibake", "decomposed"]
    if has_arabic(value):
        ways += ["mojibake"] + (["arabic letters"] * 3 if "ی" in value or "ک" in value else [])
    if role in ("city", "category", "category2", "region") and len(value) > 3:
        ways += ["typo"] * 2
    if role not in ("category", "category2"):
        ways += ["hidden missing"]
    if role in ("given", "family", "name") and value.isascii():
        ways += ["invisible"]
    if role == "given":
        ways += ["title"] if value.isascii() else []
    way = rng.choice(ways)
    if way == "spaces":
        blank = rng.choice([" ", "  ", "\u00a0", "\t", "\u3000", "\u200b"])
        inner = value.replace(" ", rng.choice(["  ", "\u00a0"])) if " " in value else value
        return way, rng.choice([blank + value, value + blank, inner if inner != value else value + " "])
    if way == "full width":
        return way, full_width(value).replace("\uff00", " ")
    if way == "case":
        return way, rng.choice([value.upper(), value.lower(), value.swapcase()])
    if way == "mojibake":
        return way, mojibake(value, rng.choice(["cp1252", "latin-1"]))
    if way == "decomposed":
        import unicodedata
        return way, unicodedata.normalize("NFD", value)
    if way == "arabic letters":
        return way, value.replace("ی", "ي").replace("ک", "ك")
    if way == "typo":
        new = typo(rng, value)
        return way, value if new in vocabulary[role] else new
    if way == "invisible":
        return way, value[:1] + "\u200b" + value[1:] + "\u200e"
    if way == "title":
        return way, rng.choice(["Mr ", "Mrs. ", "Dr ", "Ms "]) + value
    return way, rng.choice(HIDDEN)


def spoil_date(rng, value, persian):
    d = datetime.date.fromisoformat(value)
    ways = ["slashes", "dots", "name", "compact", "time", "short", "chinese", "digits", "hidden missing"]
    if d.day > 12:
        ways += ["day first"] * 2
    ways += ["jalali"] * (4 if persian else 1)
    way = rng.choice(ways)
    month = d.strftime("%b")
    if way == "slashes":
        return "date layout", f"{d.year}/{d.month:02d}/{d.day:02d}"
    if way == "dots":
        return "date layout", f"{d.year}.{d.month}.{d.day}"
    if way == "name":
        return "month name", rng.choice([f"{d.day} {month} {d.year}", f"{d:%B} {d.day}, {d.year}", f"{d.day:02d}-{month}-{d.year}"])
    if way == "compact":
        return "date layout", f"{d:%Y%m%d}"
    if way == "time":
        return "date with time", rng.choice([f"{value}T00:00:00", f"{value} 00:00:00", f"{value}T00:00:00.000Z"])
    if way == "short":
        return "date layout", f"{d.year}-{d.month}-{d.day}"
    if way == "chinese":
        return "date layout", f"{d.year}年{d.month}月{d.day}日"
    if way == "digits":
        return "digits", digits_of(value, rng.choice("۰٠０"))
    if way == "day first":
        return "day first", rng.choice([f"{d:%d/%m/%Y}", f"{d:%d.%m.%Y}", f"{d:%d-%m-%Y}"])
    if way == "jalali":
        year, m, day_ = to_jalali(d)
        text = rng.choice([f"{year}/{m:02d}/{day_:02d}", f"{year}-{m:02d}-{day_:02d}", f"{year}/{m}/{day_}"])
        return "jalali", digits_of(text, "۰") if persian and rng.random() < 0.5 else text
    return "hidden missing", rng.choice(["0000-00-00", "1900-01-01", "N/A", "-", "9999-12-31", "نامشخص"])


def spoil_phone(rng, value, has_country):
    code = next(c for c in ["+44", "+49", "+33", "+98", "+86", "+1"] if value.startswith(c))
    rest = value[len(code):]
    trunk = "" if code in ("+1", "+86") else "0"
    ways = [lambda: f"{code} {rest[:3]} {rest[3:6]} {rest[6:]}", lambda: f"00{code[1:]}{rest}",
            lambda: f"({code}) {rest[:3]}-{rest[3:]}", lambda: digits_of(value, "۰"), lambda: full_width(value),
            lambda: f"{code}.{rest[:3]}.{rest[3:]}", lambda: value + " ", lambda: f"tel:{value}"]
    if trunk:
        ways += [lambda: f"{code} (0) {rest[:3]} {rest[3:]}"]
    if has_country:
        ways += [lambda: trunk + rest, lambda: f"{trunk}{rest[:3]} {rest[3:6]} {rest[6:]}", lambda: f"{trunk}{rest[:4]}-{rest[4:]}",
                 lambda: digits_of(trunk + rest, "٠")]
    if rng.random() < 0.1:
        return "hidden missing", rng.choice(["-", "N/A", "0000000000", "ندارد", "无"])
    return "phone form", rng.choice(ways)()


def spoil_email(rng, value):
    local, domain = value.split("@")
    if domain in MISSPELT and rng.random() < 0.35:
        return "email domain", f"{local}@{rng.choice(MISSPELT[domain])}"
    ways = [lambda: value.upper(), lambda: f" {value} ", lambda: value.replace("@", " @ "), lambda: full_width(value),
            lambda: f"<{value}>", lambda: f"mailto:{value}", lambda: value + ";", lambda: value.replace(".com", ",com")
            if value.endswith(".com") else value.upper(), lambda: value.replace("@", "\u200b@"), lambda: value.replace("@", "＠"),
            lambda: local.capitalize() + "@" + domain.capitalize()]
    if rng.random() < 0.1:
        return "hidden missing", rng.choice(["-", "N/A", "none", "无", "ندارد"])
    return "email form", rng.choice(ways)()


def spoil_amount(rng, value, role):
    number = float(value)
    grouped = f"{number:,.2f}" if "." in value else f"{int(number):,}"
    ways = [lambda: grouped, lambda: digits_of(value, "۰"), lambda: full_width(value), lambda: " " + value,
            lambda: digits_of(grouped, "۰").replace(",", "٬").replace(".", "٫")]
    if role == "persian":
        ways += [lambda: digits_of(f"{int(number) // 10:,}", "۰") + " تومان", lambda: f"{int(number)} ریال",
                 lambda: f"{int(number) // 10} toman"]
    elif role == "chinese":
        ways += [lambda: "¥" + grouped, lambda: value + "元"]
    else:
        ways += [lambda: "£" + grouped, lambda: "EUR " + grouped]
    return "amount form", rng.choice(ways)()


def spoil_company(rng, value):
    words = value.split(" ")
    if value.isascii() and len(words) > 1:
        form = words[-1]
        return "company form", " ".join(words[:-1] + [rng.choice([form.lower(), form.upper(), form + ".", form.upper() + "."])]) if rng.random() < 0.7 else rng.choice(
            [value.upper(), value.lower(), value + " ", value.replace(" ", "  ", 1), ", ".join([" ".join(words[:-1]), form])])
    if has_han(value):
        return "company form", rng.choice([value[:2] + " " + value[2:], value + "\u3000", " " + value])
    return "company form", rng.choice([value.replace("ی", "ي").replace("ک", "ك"), value + " ", value.replace(" ", "  ")])


def spoil_row(rng, row, roles, vocabulary):
    """Rows whose cells stand in the wrong place."""
    cells = dict(row)
    how = rng.randrange(3)
    if how == 0 and "given" in row and row["given"] != row["family"]:
        cells["given"], cells["family"] = row["family"], row["given"]
        return "swapped names", cells
    if how == 1 and "country" in row and "city" in row:
        cells["country"], cells["city"] = row["city"], row["country"]
        return "swapped cells", cells
    if how == 2 and "birth" in row and "phone" in row:
        order = list(roles)
        first, last = order.index("phone"), order.index("birth")
        if last == first + 1:
            cells["phone"], cells["birth"] = row["birth"], row["phone"]
            return "swapped cells", cells
    return None, cells


def spoil(rng, kind, roles, table, rate):
    """The table spoilt, and what is wrong in it: (row, role) to kind and right value."""
    vocabulary = {role: {row[role] for row in table} for role in roles}
    places = {role: Counter(row[role] for row in table) for role in ("city", "postcode") if role in roles}
    wrong, result = {}, []
    for place, row in enumerate(table):
        cells = dict(row)
        if rng.random() < rate / 8:
            way, moved = spoil_row(rng, row, roles, vocabulary)
            if way:
                for role in roles:
                    if moved[role] != row[role]:
                        wrong[place, role] = (way, row[role])
                result.append(moved)
                continue
        for role in roles:
            if role == "id" or rng.random() >= rate:
                continue
            value = row[role]
            if role in ("birth", "date"):
                way, new = spoil_date(rng, value, kind == "persian")
            elif role == "phone":
                way, new = spoil_phone(rng, value, "country" in roles)
            elif role == "email":
                way, new = spoil_email(rng, value)
            elif role == "amount":
                way, new = spoil_amount(rng, value, kind)
            elif role == "company":
                way, new = spoil_company(rng, value)
            elif role == "country":
                ways = NAMES_OF.get(value) or {"IR": ["Iran", "ایران", "IRN", "ir", "伊朗", "I.R. Iran", "Irn"],
                                               "CN": ["China", "中国", "CHN", "cn", "چین", "P.R. China", "Chnia"]}[value]
                way, new = "country form", rng.choice(ways)
            elif role == "national":
                ways = [lambda: digits_of(value, "۰"), lambda: " " + value, lambda: full_width(value)]
                if kind == "persian":
                    ways += [lambda: f"{value[:3]}-{value[3:9]}-{value[9]}"]
                    if value.startswith("0"):
                        ways += [lambda: value.lstrip("0")] * 3
                way, new = "national id", rng.choice(ways)()
                if way == "national id" and len(new.strip()) < 8:
                    continue
            elif role == "postcode":
                way, new = "postcode", rng.choice([lambda: " " + value, lambda: digits_of(value, "۰"), lambda: full_width(value),
                                                    lambda: value.lower()])()
            elif role == "street":
                way, new = "spaces", rng.choice([value + "  ", value.replace(" ", "  "), value.replace(" ", "\u00a0")])
            else:
                way, new = spoil_words(rng, role, value, row, vocabulary)
                if role == "city" and "postcode" in roles and rng.random() < 0.05 and way != "hidden missing":
                    other = rng.choice(sorted(vocabulary["city"] - {value}))
                    way, new = "other city", other
            if new == value:
                continue
            wrong[place, role] = (way, "" if way == "hidden missing" else value)
            cells[role] = new
        result.append(cells)
    return result, wrong


def number_of(text):
    plain = "".join(str(int(c)) if c.isdigit() else c for c in text)
    match = re.search(r"-?[\d.]+", plain.replace(",", ""))
    return float(match.group()) if match else None


def same(role, now, true):
    if role == "amount":
        return now != "" and number_of(now) == number_of(true)
    return now == true


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def made(kind, rows, seed, rate):
    """A table, right and spoilt; a few rows come twice."""
    rng = random.Random(f"{kind}-{rows}-{seed}")
    roles, table = TABLES[kind](rng, rows)
    spoilt, wrong = spoil(rng, kind, roles, table, rate)
    copies = [spoilt[copy] for copy in rng.sample(range(rows), max(1, rows // 200))]
    return roles, table, spoilt, wrong, copies


def written(roles, rows):
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(roles.values())
    writer.writerows([row[role] for role in roles] for row in rows)
    return text.getvalue()


def judge(strata, kind, rows, seed, rate, show):
    roles, table, spoilt, wrong, copies = made(kind, rows, seed, rate)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "in.csv").write_text(written(roles, spoilt + copies), encoding="utf-8")
        region = {"persian": ["--region", "IR"], "chinese": ["--region", "CN"]}.get(kind, [])
        run = lambda *words: subprocess.run([strata, *map(str, words)], check=True, capture_output=True, text=True)
        summary = run("clean", folder / "in.csv", "--out", folder / "out", *region).stdout
        run("clean", folder / "out/customers.csv", "--out", folder / "again", *region)
        run("clean", "--undo", folder / "out", "--out", folder / "undone.csv")
        after = read(folder / "out/customers.csv")[1:]
        rules = {(row[0], row[2]): row[5] for row in read(folder / "out/ledger.csv")[1:]}
        stable = (folder / "again/customers.csv").read_bytes() == (folder / "out/customers.csv").read_bytes()
        stable = stable and len(read(folder / "again/ledger.csv")) == 1
        undone = (folder / "undone.csv").read_bytes() == (folder / "in.csv").read_bytes()
    problems = [] if stable else ["cleaning the cleaned changed something"]
    problems += [] if undone else ["undo did not give the bytes back"]
    if len(after) != rows:
        problems.append(f"{len(after)} rows for {rows}: " + summary.split("\n")[0])
    found, restored, harmed, right = Counter(), Counter(), Counter(), Counter()
    examples = []
    known = {row[0]: row for row in after}
    for place, row in enumerate(table):
        now = known.get(row["id"])
        if now is None:
            problems.append("a row is gone")
            break
        for column, role in enumerate(roles):
            cell = wrong.get((place, role))
            true = cell[1] if cell else row[role]
            good = same(role, now[column], true)
            if cell:
                found[cell[0]] += 1
                restored[cell[0]] += good
            else:
                right[f"{kind}.{role}"] += 1
                harmed[f"{kind}.{role}"] += not good
            if not good:
                examples.append((cell[0] if cell else "HARMED", kind, rows, role, repr(spoilt[place][role]), repr(now[column]),
                                 repr(true), rules.get((str(place + 1), list(roles.values())[column]))))
    random.Random(0).shuffle(examples)
    examples.sort(key=lambda example: example[0] != "HARMED")
    for example in examples[:show]:
        print(*example, sep=" | ")
    return found, restored, harmed, right, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strata")
    parser.add_argument("--write", type=Path, help="a folder for the tables themselves")
    parser.add_argument("--rows", type=int, nargs="+", default=[200, 2000, 20000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--only", choices=TABLES, nargs="+", default=list(TABLES))
    parser.add_argument("--rate", type=float, default=0.05, help="the share of cells that are spoilt")
    parser.add_argument("--show", type=int, default=0, help="cells to show that are not as they should be")
    arguments = parser.parse_args()
    if arguments.write:
        for kind in arguments.only:
            for rows in arguments.rows:
                roles, table, spoilt, wrong, copies = made(kind, rows, arguments.seeds[0], arguments.rate)
                right = [row | {role: "" for role in roles if wrong.get((place, role), " ")[0] == "hidden missing"}
                         for place, row in enumerate(table)]
                for name, content in [("spoilt", spoilt + copies), ("right", right)]:
                    path = arguments.write / f"{kind}-{rows}-{name}.csv"
                    path.write_text(written(roles, content), encoding="utf-8")
        return
    total = [Counter(), Counter(), Counter(), Counter()]
    print("| table | rows | wrong cells | restored | right cells | changed | |\n|---|---|---|---|---|---|---|")
    for kind in arguments.only:
        for rows in arguments.rows:
            part, troubles = [Counter(), Counter(), Counter(), Counter()], []
            for seed in arguments.seeds:
                *counts, problems = judge(arguments.strata, kind, rows, seed, arguments.rate, arguments.show)
                troubles += problems
                for sums in (part, total):
                    for sum_, count in zip(sums, counts):
                        sum_.update(count)
            found, restored, harmed, right = (count.total() for count in part)
            print(f"| {kind} | {rows:,} | {found:,} | {restored / found:.2%} | {right:,} | {harmed / right:.4%} | "
                  f"{'; '.join(sorted(set(troubles)))} |", flush=True)
    found, restored, harmed, right = total
    print(f"| all | | {found.total():,} | {restored.total() / found.total():.2%} | {right.total():,} | "
          f"{harmed.total() / right.total():.4%} | |")
    print("\n| kind | cells | restored |\n|---|---|---|")
    for kind in sorted(found, key=lambda kind: -found[kind]):
        print(f"| {kind} | {found[kind]:,} | {restored[kind] / found[kind]:.1%} |")
    print("\n| column | right cells | changed |\n|---|---|---|")
    for column in right:
        if harmed[column]:
            print(f"| {column} | {right[column]:,} | {harmed[column]:,} |")


if __name__ == "__main__":
    main()
