#!/usr/bin/python3
"""
Random calendars: several VEVENTs sharing UIDs, masters and overrides in any order, extra
and excluded dates, zones, all-day and floating events; CRLF or LF, folds anywhere.

    random_series.py [SEED [NUMBER]]        prints one
"""
import random
import sys
from datetime import datetime, timedelta, timezone

import oracle_rule
import oracle_series
from oracle_rule import WEEKDAYS, format_time

UTC = timezone.utc
ZONES = ["Europe/Paris", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe",
         "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia", "Europe/London", "Africa/Casablanca"]


class Kind:
    """How the times of one series are written."""

    def __init__(self, r):
        self.form = r.choices(["zone", "utc", "date", "floating"], [6, 2, 3, 2])[0]
        self.tzid = r.choice(ZONES) if self.form == "zone" else None

    def write(self, name, local, extra=""):
        if self.form == "date":
            return "%s;VALUE=DATE%s:%s" % (name, extra, format_time(local)[:8])
        if self.form == "zone":
            return "%s%s;TZID=%s:%s" % (name, extra, self.tzid, format_time(local))
        return "%s%s:%s%s" % (name, extra, format_time(local), "Z" if self.form == "utc" else "")

    def write_utc(self, name, local, extra=""):
        """The same moment in UTC, as some programs write exceptions."""
        u = oracle_series.SystemZone(self.tzid).to_utc(local)
        return "%s%s:%sZ" % (name, extra, format_time(u.replace(tzinfo=None)))


def random_start(r, kind):
    # Near changes of the clock, where the faults are, or anywhere.
    if r.random() < 0.4:
        day = r.choice([datetime(2024, 3, 8), datetime(2024, 3, 29), datetime(2024, 10, 25),
                        datetime(2024, 11, 1), datetime(2023, 3, 24), datetime(2011, 12, 28)])
    else:
        day = datetime(2024, 1, 1) + timedelta(days=r.randint(-500, 500))
    day += timedelta(days=r.randint(0, 3))
    if kind.form == "date":
        return day
    return day.replace(hour=r.choice([0, 1, 2, 2, 3, 9, 12, 23, r.randint(0, 23)]),
                       minute=r.choice([0, 0, 30, 15, r.randint(0, 59)]))


def random_rrule(r, kind, start):
    freq = r.choices(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"], [4, 6, 4, 2, 1])[0]
    if kind.form == "date" and freq == "HOURLY":
        freq = "DAILY"
    parts = ["FREQ=" + freq]
    if r.random() < 0.4:
        parts.append("INTERVAL=%d" % r.choice([2, 2, 3, 4, 7]))
    if freq == "WEEKLY" and r.random() < 0.6:
        days = set(r.sample(WEEKDAYS, r.randint(1, 3)))
        if r.random() < 0.7:
            days.add(WEEKDAYS[start.weekday()])
        parts.append("BYDAY=" + ",".join(sorted(days)))
    if freq == "MONTHLY" and r.random() < 0.6:
        parts.append(r.choice(["BYDAY=-1SU", "BYDAY=2TU,4TU", "BYMONTHDAY=-1", "BYMONTHDAY=31",
                               "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "BYMONTHDAY=%d" % start.day]))
    if freq == "YEARLY" and r.random() < 0.4:
        parts.append(r.choice(["BYMONTH=3,10", "BYMONTH=3;BYDAY=-1SU", "BYYEARDAY=100,-1"]))
    if kind.form != "date" and freq != "HOURLY" and r.random() < 0.15:
        parts.append("BYHOUR=%s" % r.choice(["2", "1,2,3", "9,17"]))
    ending = r.random()
    if freq == "HOURLY" or ending < 0.35:
        parts.append("COUNT=%d" % r.randint(1, 30))
    elif ending < 0.7:
        parts.append("UNTIL=" + until(r, kind, start))
    return ";".join(parts)


def until(r, kind, start):
    t = start + timedelta(days=r.choice([0, 7, 14, 28, 70, r.randint(1, 700)]))
    if kind.form == "date" or r.random() < 0.1:
        return format_time(t)[:8]
    if r.random() < 0.3:
        t += timedelta(seconds=r.choice([-1, 1, 3600]))
    if kind.form == "zone":
        t = oracle_series.SystemZone(kind.tzid).to_utc(t).replace(tzinfo=None)
    return format_time(t) + ("" if kind.form == "floating" else "Z")


def length_lines(r, kind, start):
    """DTEND, DURATION, or neither."""
    style = r.random()
    if kind.form == "date":
        n = r.choice([1, 1, 2, 3])
        if style < 0.4:
            return [kind.write("DTEND", start + timedelta(days=n))]
        return ["DURATION:P%dD" % n] if style < 0.7 else []
    minutes = r.choice([30, 60, 60, 90, 600, 1440, 2880])
    if style < 0.5:
        return [kind.write("DTEND", start + timedelta(minutes=minutes))]
    if style < 0.9:
        return ["DURATION:" + r.choice(["PT1H", "PT30M", "P1D", "P1DT2H", "P1W", "PT24H", "PT0S"])]
    return []


def instances_of(kind, start, rule):
    try:
        found, _ = oracle_rule.instances(
            ";".join(p for p in rule.split(";") if not p.startswith("UNTIL")), start, "instance",
            None, 25)
        return found
    except oracle_rule.Invalid:
        return [start]


def extra_dates(r, kind, start, found):
    """RDATE, EXDATE and EXRULE of a master."""
    lines = []
    if r.random() < 0.3:
        dates = [r.choice(found) + timedelta(days=r.choice([0, 1, 3]),
                                             minutes=0 if kind.form == "date" else r.choice([0, 60]))
                 for _ in range(r.randint(1, 3))]
        if kind.form in ("zone", "utc") and r.random() < 0.3:
            lines.append(period(r, kind, dates[0]))
        elif r.random() < 0.5:
            lines.append(kind.write("RDATE", dates[0]) + "".join(
                "," + kind.write("X", d).rpartition(":")[2] for d in dates[1:]))
        else:
            lines += [kind.write("RDATE", d) for d in dates]
    if r.random() < 0.4:
        for d in r.sample(found, min(len(found), r.randint(1, 4))):
            style = r.random()
            if kind.form == "zone" and style < 0.2:
                lines.append(kind.write_utc("EXDATE", d))
            elif kind.form != "date" and style < 0.4:
                lines.append("EXDATE;VALUE=DATE:" + format_time(d)[:8])
            else:
                lines.append(kind.write("EXDATE", d))
    if r.random() < 0.08:
        lines.append("EXRULE:FREQ=%s;INTERVAL=%d" % (r.choice(["DAILY", "WEEKLY"]),
                                                     r.randint(2, 5)))
    return lines


def period(r, kind, start):
    # Its day is not an instance of the rule, so that only one duration is possible.
    start = start.replace(minute=(start.minute + 7) % 60)
    if kind.form == "zone":
        head = "RDATE;VALUE=PERIOD;TZID=%s:" % kind.tzid
        z = ""
    else:
        head, z = "RDATE;VALUE=PERIOD:", "Z"
    if r.random() < 0.5:
        return "%s%s%s/%s" % (head, format_time(start), z, r.choice(["PT2H", "PT45M", "P1D"]))
    return "%s%s%s/%s%s" % (head, format_time(start), z,
                            format_time(start + timedelta(minutes=90)), z)


def override(r, uid, kind, found, used, sequence):
    rid = r.choice(found)
    if r.random() < 0.1 and kind.form != "date":
        rid += timedelta(minutes=17)                    # an orphan
    if rid in used:
        return None
    used.add(rid)
    extra = ";RANGE=THISANDFUTURE" if r.random() < 0.25 else ""
    start = rid
    if r.random() < 0.7:
        start = rid + timedelta(days=r.choice([0, 0, 1, -1, 7]),
                                minutes=0 if kind.form == "date" else r.choice([0, 60, -30, 120]))
    lines = ["BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20240101T000000Z",
             "SEQUENCE:%d" % sequence]
    if kind.form == "zone" and r.random() < 0.25:
        lines.append(kind.write_utc("RECURRENCE-ID", rid, extra))
    else:
        lines.append(kind.write("RECURRENCE-ID", rid, extra))
    lines.append(kind.write("DTSTART", start))
    lines += length_lines(r, kind, start)
    lines += ["SUMMARY:changed", "END:VEVENT"]
    return lines


def random_event(r, uid):
    """The components of one UID."""
    kind = Kind(r)
    start = random_start(r, kind)
    lines = ["BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20240101T000000Z",
             kind.write("DTSTART", start)]
    lines += length_lines(r, kind, start)
    found = [start]
    if r.random() < 0.8:
        rule = random_rrule(r, kind, start)
        lines.append("RRULE:" + rule)
        found = instances_of(kind, start, rule)
        if r.random() < 0.05:
            lines.append("RRULE:FREQ=MONTHLY;COUNT=5")
        lines += extra_dates(r, kind, start, found)
    elif r.random() < 0.4:
        lines += extra_dates(r, kind, start, found)
    lines += ["SUMMARY:" + r.choice(["plain", "with, a comma", "üñí 日本語 " * 6]), "END:VEVENT"]
    if len(found) == 1:
        return [lines]
    used = set()
    out = [lines] if r.random() < 0.95 else []          # sometimes overrides alone
    for n in range(r.choice([0, 0, 1, 2, 3])):
        o = override(r, uid, kind, found, used, n + 1)
        if o:
            out.append(o)
    return out


def fold(r, line, end):
    """Folds at random places, also inside a character."""
    data = line.encode()
    out = b""
    while len(data) > 75 or (len(data) > 2 and r.random() < 0.05):
        n = r.randint(1, min(74, len(data) - 1))
        out += data[:n] + end + r.choice([b" ", b" ", b"\t"])
        data = data[n:]
    return out + data + end


def random_calendar(seed, number):
    """The bytes of a VCALENDAR."""
    r = random.Random("%d/series/%d" % (seed, number))
    components = []
    for n in range(r.randint(1, 4)):
        components += random_event(r, "event-%d@example.org" % n)
    r.shuffle(components)
    end = r.choice([b"\r\n", b"\r\n", b"\n"])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kalends//random//EN"]
    lines += [line for c in components for line in c] + ["END:VCALENDAR"]
    return b"".join(fold(r, line, end) for line in lines)


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(1 << 30)
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    print("seed %d" % seed, file=sys.stderr)
    sys.stdout.buffer.write(random_calendar(seed, number))


if __name__ == "__main__":
    main()
