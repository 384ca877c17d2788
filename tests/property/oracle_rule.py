"""
An oracle for recurrence rules, written from the text of RFC 5545 (3.3.10 and 3.8.5.3)
by somebody who has not seen the engine. Every candidate is tested: every day of every
interval of FREQ, every time of day in it. Slow, and meant to be.

Times are naive datetimes: a rule works on local times, zones come later (oracle_series).

Readings where the RFC is silent (agreed for kalends):
  - YEARLY's interval is the calendar year. BYWEEKNO takes those days of that year whose
    week has the number, also the days at its edges that belong to a week of the year
    before or after; a negative number counts in the week-year of the day.
  - BYWEEKNO without a part that names days takes DTSTART's weekday.
  - YEARLY;BYMONTHDAY without BYMONTH is every month.
  - A second of 60 is 59 (3.3.5).
  - UNTIL as DATE with a timed DTSTART includes that whole day.
  - BYDAY=TH,5FR is a union.
"""
import re
import sys
from datetime import date, datetime, time, timedelta

FREQS = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]   # as date.weekday()
LAST = datetime(9999, 12, 31, 23, 59, 59)
CYCLE = 146097          # days of 400 years; also a whole number of weeks

RANGES = {              # (lowest, highest, may be negative)
    "BYSECOND": (0, 60, False), "BYMINUTE": (0, 59, False), "BYHOUR": (0, 23, False),
    "BYMONTHDAY": (1, 31, True), "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True), "BYMONTH": (1, 12, False), "BYSETPOS": (1, 366, True),
}

# The table of 3.3.10: where a part MUST NOT be used. kalends accepts such a rule, as others
# do, and the part limits the days; random_rules draws none.
NOT_ALLOWED = {
    "BYWEEKNO": set(FREQS) - {"YEARLY"},
    "BYYEARDAY": {"DAILY", "WEEKLY", "MONTHLY"},
    "BYMONTHDAY": {"WEEKLY"},
}


class Invalid(ValueError):
    pass


def parse_time(text):
    """YYYYMMDD or YYYYMMDDTHHMMSS[Z] as a naive datetime; second 60 is 59."""
    m = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?", text)
    if not m:
        raise Invalid("time " + text)
    f = [int(x) if x else 0 for x in m.groups()]
    f[5] = min(f[5], 59)
    try:
        return datetime(*f)
    except ValueError:
        raise Invalid("time " + text)


def format_time(t):
    return "%04d%02d%02dT%02d%02d%02d" % (t.year, t.month, t.day, t.hour, t.minute, t.second)


class Rule:
    def __init__(self, text):
        if text.upper().startswith("RRULE:"):
            text = text[6:]
        self.text = text
        self.by = {}
        self.byday = None           # list of (n or 0, weekday)
        self.freq = self.count = self.until = None
        self.until_is_date = False
        self.interval = 1
        self.wkst = 0
        seen = set()
        for part in text.split(";"):
            name, eq, value = part.partition("=")
            name, value = name.upper(), value.upper()
            if not eq or name in seen:
                raise Invalid("part " + part)
            seen.add(name)
            self.part(name, value)
        self.check()

    def part(self, name, value):
        if name == "FREQ":
            if value not in FREQS:
                raise Invalid("FREQ")
            self.freq = value
        elif name in ("INTERVAL", "COUNT"):
            if not value.isdigit() or int(value) == 0:
                raise Invalid(name)
            setattr(self, name.lower(), int(value))
        elif name == "UNTIL":
            self.until = parse_time(value)
            self.until_is_date = "T" not in value
        elif name == "WKST":
            if value not in WEEKDAYS:
                raise Invalid(name)
            self.wkst = WEEKDAYS.index(value)
        elif name == "BYDAY":
            self.byday = []
            for v in value.split(","):
                m = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", v)
                if not m or (m.group(1) and not 1 <= abs(int(m.group(1))) <= 53):
                    raise Invalid("BYDAY")
                self.byday.append((int(m.group(1) or 0), WEEKDAYS.index(m.group(2))))
        elif name in RANGES:
            low, high, negative = RANGES[name]
            values = []
            for v in value.split(","):
                if not re.fullmatch(r"[+-]?\d{1,3}" if negative else r"\d{1,2}", v):
                    raise Invalid(name)
                n = int(v)
                if not low <= (abs(n) if negative else n) <= high:
                    raise Invalid(name)
                values.append(n)
            self.by[name] = values
        else:
            raise Invalid("part " + name)

    def check(self):
        if not self.freq:
            raise Invalid("no FREQ")
        if self.count and self.until:
            raise Invalid("COUNT and UNTIL")
        numbered = self.byday and any(n for n, _ in self.byday)
        if numbered and self.freq not in ("MONTHLY", "YEARLY"):
            raise Invalid("numbered BYDAY")
        if numbered and "BYWEEKNO" in self.by:
            raise Invalid("numbered BYDAY with BYWEEKNO")
        if "BYSETPOS" in self.by and len(self.by) == 1 and not self.byday:
            raise Invalid("BYSETPOS alone")

    def until_moment(self):
        """The last moment at which the rule may produce an instance."""
        if not self.until:
            return None
        if self.until_is_date:
            return datetime.combine(self.until.date(), time(23, 59, 59))
        return self.until


# --- the calendar -------------------------------------------------------------

def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year, month):
    if month == 2:
        return 29 if leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def days_in_year(year):
    return 366 if leap(year) else 365


def year_day(d):
    return d.toordinal() - date(d.year, 1, 1).toordinal() + 1


def first_week(year, wkst):
    """Ordinal of the first day of week one: the first week that has four days in the year."""
    jan1 = date(year, 1, 1)
    start = jan1.toordinal() - (jan1.weekday() - wkst) % 7
    in_year = start + 7 - jan1.toordinal()
    return start if in_year >= 4 else start + 7


def week_numbers(d, wkst):
    """The number of d's week from the start and (negative) from the end of its week-year."""
    if d.year > 9990:               # the week-year may be 10000, which datetime lacks
        d = date.fromordinal(d.toordinal() - CYCLE)
    elif d.year < 10:
        d = date.fromordinal(d.toordinal() + CYCLE)
    o = d.toordinal()
    year = d.year
    if o < first_week(year, wkst):
        year -= 1
    elif o >= first_week(year + 1, wkst):
        year += 1
    first = first_week(year, wkst)
    weeks = (first_week(year + 1, wkst) - first) // 7
    n = (o - first) // 7 + 1
    return n, n - weeks - 1


# --- which days, which times --------------------------------------------------

class Tester:
    """Tests one day at a time against the parts that speak of days."""

    def __init__(self, rule, dtstart):
        by = rule.by
        self.rule = rule
        self.months = set(by.get("BYMONTH", range(1, 13)))
        self.weeks = set(by["BYWEEKNO"]) if "BYWEEKNO" in by else None
        self.year_days = set(by["BYYEARDAY"]) if "BYYEARDAY" in by else None
        self.month_days = set(by["BYMONTHDAY"]) if "BYMONTHDAY" in by else None
        self.byday = set(rule.byday) if rule.byday else None
        # "Information, not contained in the rule, necessary to determine the various
        # recurrence instance start time and dates are derived from the Start Time."
        named = self.year_days or self.month_days or self.byday
        if not named:
            if rule.freq == "YEARLY":
                if self.weeks:
                    self.byday = {(0, dtstart.weekday())}
                else:
                    self.month_days = {dtstart.day}
                    if "BYMONTH" not in by:
                        self.months = {dtstart.month}
            elif rule.freq == "MONTHLY":
                self.month_days = {dtstart.day}
            elif rule.freq == "WEEKLY":
                self.byday = {(0, dtstart.weekday())}
        # Numbers count "within the month when the BYMONTH rule part is present", and in
        # MONTHLY; else within the year.
        self.nth_in_year = rule.freq == "YEARLY" and "BYMONTH" not in by

    def passes(self, d):
        if d.month not in self.months:
            return False
        if self.month_days is not None:
            size = days_in_month(d.year, d.month)
            if d.day not in self.month_days and d.day - size - 1 not in self.month_days:
                return False
        if self.byday is not None and not self.passes_byday(d):
            return False
        if self.year_days is not None:
            n = year_day(d)
            if n not in self.year_days and n - days_in_year(d.year) - 1 not in self.year_days:
                return False
        if self.weeks is not None:
            n, from_end = week_numbers(d, self.rule.wkst)
            if n not in self.weeks and from_end not in self.weeks:
                return False
        return True

    def passes_byday(self, d):
        w = d.weekday()
        if (0, w) in self.byday:
            return True
        if self.nth_in_year:
            n, size = year_day(d), days_in_year(d.year)
        else:
            n, size = d.day, days_in_month(d.year, d.month)
        return ((n - 1) // 7 + 1, w) in self.byday or (-((size - n) // 7 + 1), w) in self.byday


def set_positions(rule, members):
    """BYSETPOS on the sorted set of one interval."""
    positions = rule.by.get("BYSETPOS")
    if not positions:
        return members
    size = len(members)
    chosen = {p - 1 if p > 0 else size + p for p in positions}
    return [m for i, m in enumerate(members) if i in chosen]


def seconds_of(rule, default):
    return sorted({min(s, 59) for s in rule.by.get("BYSECOND", [default])})


# --- intervals ----------------------------------------------------------------

def days_of_interval(rule, dtstart, index):
    """All the days of the interval number `index`; None beyond the year 9999."""
    k = index * rule.interval
    if rule.freq == "YEARLY":
        year = dtstart.year + k
        if year > 9999:
            return None
        first = date(year, 1, 1).toordinal()
        return [date.fromordinal(first + i) for i in range(days_in_year(year))]
    if rule.freq == "MONTHLY":
        m = dtstart.year * 12 + dtstart.month - 1 + k
        year, month = m // 12, m % 12 + 1
        if year > 9999:
            return None
        return [date(year, month, i + 1) for i in range(days_in_month(year, month))]
    first = dtstart.toordinal()
    if rule.freq == "WEEKLY":
        first -= (dtstart.weekday() - rule.wkst) % 7
        size = 7
        k *= 7
    else:
        size = 1
    last = date.max.toordinal()
    if first + k > last:
        return None
    return [date.fromordinal(o) for o in range(first + k, first + k + size) if 1 <= o <= last]


def first_index(rule, dtstart, start):
    """An interval not after the one that holds `start`, so that a search may begin there."""
    if rule.freq == "YEARLY":
        n = start.year - dtstart.year
    elif rule.freq == "MONTHLY":
        n = (start.year - dtstart.year) * 12 + start.month - dtstart.month
    else:
        n = start.toordinal() - dtstart.toordinal()
        if rule.freq == "WEEKLY":
            n //= 7
    return max(0, n // rule.interval - 1)


def expand_days(rule, dtstart, start, budget):
    """DAILY and slower: yields (end of what was searched, instances of one interval)."""
    tester = Tester(rule, dtstart)
    times = sorted({time(h, m, s)
                    for h in rule.by.get("BYHOUR", [dtstart.hour])
                    for m in rule.by.get("BYMINUTE", [dtstart.minute])
                    for s in seconds_of(rule, dtstart.second)})
    index = first_index(rule, dtstart, start)
    while budget.days > 0:
        days = days_of_interval(rule, dtstart, index)
        if days is None:
            yield LAST, []
            return
        members = [datetime.combine(d, t) for d in days if tester.passes(d) for t in times]
        budget.days -= len(days)
        # Complete to the end of the interval: the next one has only later days.
        yield datetime.combine(days[-1], time(23, 59, 59)), set_positions(rule, members)
        index += 1


def expand_times(rule, dtstart, start, budget):
    """HOURLY and faster: each day that passes, then every hour, minute, second of it."""
    tester = Tester(rule, dtstart)
    by = rule.by
    hours = set(by.get("BYHOUR", range(24)))
    minutes = set(by.get("BYMINUTE", range(60)))
    seconds = seconds_of(rule, dtstart.second)
    all_seconds = {min(s, 59) for s in by.get("BYSECOND", range(60))}
    base_day = dtstart.toordinal()
    day = max(start.toordinal(), base_day)
    while budget.days > 0 and budget.expanded > 0:
        if day > date.max.toordinal():
            yield LAST, []
            return
        d = date.fromordinal(day)
        out = []
        budget.days -= 1
        if tester.passes(d):
            midnight = datetime.combine(d, time(0))
            if rule.freq == "HOURLY":
                ms = sorted(by.get("BYMINUTE", [dtstart.minute]))
                offsets = set_positions(rule, sorted({m * 60 + s for m in ms for s in seconds}))
                for h in range(24):
                    phase = (day - base_day) * 24 + h - dtstart.hour
                    if phase % rule.interval == 0 and h in hours:
                        out += [midnight + timedelta(seconds=h * 3600 + o) for o in offsets]
                budget.expanded -= 24
            elif rule.freq == "MINUTELY":
                offsets = set_positions(rule, seconds)
                base = dtstart.hour * 60 + dtstart.minute
                for m in range(1440):
                    phase = (day - base_day) * 1440 + m - base
                    if phase % rule.interval == 0 and m // 60 in hours and m % 60 in minutes:
                        out += [midnight + timedelta(seconds=m * 60 + o) for o in offsets]
                budget.expanded -= 1440
            else:
                # The set of one second has one member.
                base = dtstart.hour * 3600 + dtstart.minute * 60 + dtstart.second
                phase = (day - base_day) * 86400 - base
                if set_positions(rule, [0]):
                    for s in range((-phase) % rule.interval, 86400, rule.interval):
                        if (s // 3600 in hours and s // 60 % 60 in minutes
                                and s % 60 in all_seconds):
                            out.append(midnight + timedelta(seconds=s))
                budget.expanded -= 86400 // min(rule.interval, 16)
        yield datetime.combine(d, time(23, 59, 59)), out
        day += 1


class Budget:
    """How much to search: days looked at, and times looked at within them."""

    def __init__(self, days=15000, expanded=400000):
        self.days = days
        self.expanded = expanded


def instances(rule, dtstart, school="rule", start=None, maximum=50, horizon=None,
              budget=None):
    """
    The first `maximum` instances not before `start`, and the moment up to which this
    list is known to be complete (LAST: there are no others at all).

    school "rule": what the rule yields from DTSTART on; "instance": DTSTART is the first
    instance whatever the rule says, and COUNT counts it (3.3.10, 3.8.5.3).
    """
    if isinstance(rule, str):
        rule = Rule(rule)
    start = start or dtstart
    budget = budget or Budget()
    until = rule.until_moment()
    out = []
    counted = 0
    if school == "instance":
        counted = 1
        if dtstart >= start:
            out.append(dtstart)
    # COUNT counts from the first instance, so the search must begin there.
    begin = dtstart if rule.count else max(start, dtstart)
    expand = expand_days if FREQS.index(rule.freq) >= 3 else expand_times
    known = begin - timedelta(seconds=1) if begin > datetime.min else begin
    if rule.count and counted >= rule.count:
        return out[:maximum], LAST
    for known, members in expand(rule, dtstart, begin, budget):
        for t in members:
            if t < dtstart or (school == "instance" and t == dtstart):
                continue
            if until and t > until:
                return out, LAST
            counted += 1
            if t >= start:
                out.append(t)
                if len(out) >= maximum:
                    return out[:maximum], out[maximum - 1]
            if rule.count and counted >= rule.count:
                return out, LAST
        if until and known > until:
            return out, LAST
        if horizon and known > horizon:
            break
    return out, known


def main():
    if len(sys.argv) < 3:
        sys.exit("usage: oracle_rule.py DTSTART RRULE [school [max [from]]]")
    dtstart = parse_time(sys.argv[1])
    school = sys.argv[3] if len(sys.argv) > 3 else "rule"
    maximum = int(sys.argv[4]) if len(sys.argv) > 4 else 50
    start = parse_time(sys.argv[5]) if len(sys.argv) > 5 else None
    found, known = instances(Rule(sys.argv[2]), dtstart, school, start, maximum)
    for t in found:
        print(format_time(t), WEEKDAYS[t.weekday()])
    print("# complete to", format_time(known))


if __name__ == "__main__":
    main()
