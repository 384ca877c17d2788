#!/usr/bin/python3
"""
Random valid recurrence rules with a DTSTART: every FREQ, every part that RFC 5545 3.3.10
allows with it, ordinary and odd values, rules that never match, DTSTART in or out of step.

    random_rules.py [COUNT [SEED]]      prints them
"""
import random
import sys
from datetime import datetime, timedelta

from oracle_rule import FREQS, NOT_ALLOWED, WEEKDAYS, days_in_month, format_time

# How often each FREQ is drawn: the ones that people use most.
WEIGHTS = {"SECONDLY": 4, "MINUTELY": 6, "HOURLY": 10, "DAILY": 15, "WEEKLY": 20,
           "MONTHLY": 20, "YEARLY": 25}

# How likely each part is with each FREQ; a part that is not allowed is left out.
PART_ODDS = {"BYMONTH": 0.3, "BYWEEKNO": 0.2, "BYYEARDAY": 0.15, "BYMONTHDAY": 0.3,
             "BYDAY": 0.4, "BYHOUR": 0.15, "BYMINUTE": 0.12, "BYSECOND": 0.1}


def some(r, low, high, most=4):
    """A few different numbers, in no order."""
    n = min(r.choice([1, 1, 1, 2, 2, 3, most]), high - low + 1)
    return r.sample(range(low, high + 1), n)


def signed(r, values):
    style = r.random()
    if style < 0.5:
        return values
    if style < 0.75:
        return [-v for v in values]
    return [v if r.random() < 0.5 else -v for v in values]


def numbers(r, values, plus=True):
    return ",".join(("+%d" % v if plus and v > 0 and r.random() < 0.03 else "%d" % v)
                    for v in values)


def edges(r, low, high, edge_values, most=4):
    """Mostly anywhere, often at the edges, where the faults are."""
    if r.random() < 0.4:
        return r.sample(edge_values, r.choice([1, 1, 2, min(3, len(edge_values))]))
    return some(r, low, high, most)


def byday(r, freq, plain_only):
    days = r.sample(WEEKDAYS, r.choice([1, 1, 2, 2, 3, 5, 7]))
    if plain_only or r.random() < 0.4:
        return ",".join(days)
    out = []
    for d in days:
        if r.random() < 0.2:
            out.append(d)                           # mixed with numbered ones
            continue
        n = r.choice([1, 1, 2, 3, 4, 5]) if freq == "MONTHLY" or r.random() < 0.5 \
            else r.choice([r.randint(1, 53), 52, 53, 10])
        out.append("%s%d%s" % (r.choice(["", "", "-", "+"]), n, d))
    return ",".join(out)


def random_dtstart(r):
    style = r.random()
    if style < 0.85:
        year = r.randint(1970, 2100)
    elif style < 0.95:
        year = r.randint(1600, 9000)
    elif style < 0.98:
        year = r.choice([1900, 2000, 2100, 2400, 1996, 2020])
    else:
        year = r.randint(9985, 9999)            # the end of the calendar
    month = r.randint(1, 12)
    day = r.randint(1, days_in_month(year, month))
    if r.random() < 0.15:
        month, day = r.choice([(1, 1), (12, 31), (2, 28), (1, 31), (3, 1), (12, 29), (1, 3)])
    elif r.random() < 0.03:
        year, month, day = r.choice([2000, 2020, 2096, 1996]), 2, 29
    hour, minute, second = r.choice([(9, 0, 0), (0, 0, 0), (23, 59, 59), (12, 30, 0),
                                     (r.randint(0, 23), r.randint(0, 59), r.randint(0, 59))])
    return datetime(year, month, day, hour, minute, second)


def random_part(r, name, freq, parts):
    if name == "BYMONTH":
        return numbers(r, some(r, 1, 12), False)
    if name == "BYWEEKNO":
        return numbers(r, signed(r, edges(r, 1, 53, [1, 2, 51, 52, 53])))
    if name == "BYYEARDAY":
        return numbers(r, signed(r, edges(r, 1, 366, [1, 59, 60, 61, 365, 366], 12)))
    if name == "BYMONTHDAY":
        return numbers(r, signed(r, edges(r, 1, 31, [1, 28, 29, 30, 31], 10)))
    if name == "BYDAY":
        return byday(r, freq, freq not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts)
    if name == "BYHOUR":
        return numbers(r, edges(r, 0, 23, [0, 1, 12, 23], 6), False)
    if name == "BYMINUTE":
        return numbers(r, edges(r, 0, 59, [0, 15, 30, 59], 6), False)
    return numbers(r, edges(r, 0, 60, [0, 30, 59, 60], 6), False)


def random_interval(r, freq):
    style = r.random()
    if style < 0.45:
        return 1
    if style < 0.8:
        return r.choice([2, 2, 3, 4, 5, 6, 7, 10])
    return r.randint(1, 400 if freq not in ("YEARLY",) else 40) if style < 0.97 \
        else r.randint(100, 400)


def random_rule(r, freq=None):
    """(DTSTART, rule text)"""
    freq = freq or r.choices(FREQS, [WEIGHTS[f] for f in FREQS])[0]
    dtstart = random_dtstart(r)
    parts = {}
    for name, odds in PART_ODDS.items():
        if freq in NOT_ALLOWED.get(name, ()):
            continue
        if r.random() < odds:
            parts[name] = random_part(r, name, freq, parts)
    if r.random() < 0.02:
        never(r, freq, parts)
    if r.random() < 0.35:
        in_step(dtstart, parts, r)
    if parts and r.random() < 0.25:
        values = r.choice([[1], [-1], [2], [-2], [1, -1], [3], [2, -1],
                           [r.randint(1, 366)], [-r.randint(1, 366)], some(r, 1, 12)])
        parts["BYSETPOS"] = numbers(r, values)
    interval = random_interval(r, freq)
    if interval != 1 or r.random() < 0.05:
        parts["INTERVAL"] = str(interval)
    if r.random() < 0.3:
        parts["WKST"] = r.choice(WEEKDAYS)
    ending = r.random()
    if ending < 0.2:
        parts["COUNT"] = str(r.choice([1, 2, 3, 10, 30, r.randint(1, 100)]))
    elif ending < 0.4:
        parts["UNTIL"] = random_until(r, freq, interval, dtstart)
    names = list(parts)
    r.shuffle(names)
    return dtstart, ";".join(["FREQ=" + freq] + ["%s=%s" % (n, parts[n]) for n in names])


def in_step(dtstart, parts, r):
    """Makes DTSTART match the simple parts, as real calendars do."""
    for name, value in (("BYMONTH", dtstart.month), ("BYMONTHDAY", dtstart.day),
                        ("BYDAY", WEEKDAYS[dtstart.weekday()]), ("BYHOUR", dtstart.hour),
                        ("BYMINUTE", dtstart.minute), ("BYSECOND", dtstart.second)):
        if name in parts and str(value) not in parts[name].split(","):
            values = parts[name].split(",")
            values[r.randrange(len(values))] = str(value)
            parts[name] = ",".join(values)


def never(r, freq, parts):
    """Parts that no day satisfies."""
    if freq == "WEEKLY":
        return
    if freq in ("DAILY", "MONTHLY") or r.random() < 0.5:
        parts["BYMONTH"] = r.choice(["2", "2,4", "4,6"])
        parts["BYMONTHDAY"] = "31" if parts["BYMONTH"] != "2" else r.choice(["30", "30,31", "-30"])
    else:
        parts["BYMONTH"], parts["BYYEARDAY"] = "2", r.choice(["100", "-1", "200,366"])


def random_until(r, freq, interval, dtstart):
    unit = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400, "WEEKLY": 604800,
            "MONTHLY": 2630000, "YEARLY": 31557000}[freq] * interval
    try:
        t = dtstart + timedelta(seconds=r.randint(-1, 60) * unit + r.choice([0, 0, 0, 1, -1]))
        if r.random() < 0.1:
            t = dtstart
    except OverflowError:
        t = datetime(9999, 12, 31)
    style = r.random()
    if style < 0.25:
        return format_time(t)[:8]
    return format_time(t) + ("Z" if style < 0.8 else "")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    print("# seed %d" % seed)
    r = random.Random(seed)
    for _ in range(count):
        dtstart, rule = random_rule(r)
        print("%s\t%s" % (format_time(dtstart), rule))


if __name__ == "__main__":
    main()
