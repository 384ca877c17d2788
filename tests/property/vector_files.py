"""
Whole calendars with the instances that their projects expect: ical.net, Thunderbird, KDE.
"""
import glob
import os
import re
from datetime import datetime, timedelta
from zoneinfo import available_timezones

import oracle_series
from vectors import STAND_IN, UTC, compact, full, local_instant, plain, read_tsv


def compare_file(kind, key, expander, data, zone, start, to, want, out, dates=False):
    data = with_system_zones(data)
    got = expander.starts(data, zone, start, to, "instance")
    if isinstance(got, str):
        out.report(kind, key, got)
        return
    if dates:
        got = sorted({t[:8] for t in got})
    elif want and not any("T" in t for t in want):
        got = [t[:8] if t.endswith("T000000") else t for t in got]
    else:
        got = [full(t) for t in got]
    first = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b),
                 min(len(want), len(got)))
    out.report(kind, key, None if got == want else "other instances", [
        "they part at number %d of %d, got %d" % (first + 1, len(want), len(got)),
        "expected " + ",".join(want[max(0, first - 2):first + 6]),
        "got      " + ",".join(got[max(0, first - 2):first + 6])])


def with_system_zones(data):
    def replace(m):
        name = m.group(2).strip(b'"').decode()
        return m.group(0) if name in available_timezones() else m.group(1) + STAND_IN.encode()
    return re.sub(rb'(TZID[=:])("[^"]*"|[^:;\r\n]+)', replace, data)


def check_icalnet(recur, expander, out):
    for row in read_tsv(os.path.join(recur, "vectors", "icalnet.tsv")):
        columns = list(row.values())
        path = os.path.join(recur, columns[1])
        with open(path, "rb") as f:
            data = f.read()
        if data.startswith(b"\xff\xfe"):        # 3.1.4: UTF-8
            data = data.decode("utf-16").encode()
        root = oracle_series.read_components(data)
        event = next(c for calendar in root.children for c in calendar.children
                     if c.name != "VTIMEZONE" and c.first("DTSTART"))
        p = event.first("DTSTART")
        zone = p.params.get("TZID", "UTC")
        zone = zone if zone in available_timezones() else STAND_IN
        want = [full(plain(t)) for t in columns[4].split(",") if t]
        compare_file("icalnet", columns[0], expander, data, zone,
                     local_instant(columns[2], zone), local_instant(columns[3], zone), want, out)


def check_thunderbird(recur, expander, out):
    for path in sorted(glob.glob(os.path.join(recur, "thunderbird", "*.ics"))):
        with open(path, "rb") as f:
            data = f.read()
        with open(path[:-4] + ".expected", encoding="ascii") as f:
            want = [full(plain(line.strip())) for line in f if line.strip()]
        compare_file("thunderbird", os.path.basename(path)[:-4], expander, data, "UTC",
                     datetime(1990, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC),
                     want, out)


def kde_zone(text, labels):
    m = re.search(r"X-LibKCal-Testsuite-OutTZ:(\S+)", text)
    if m:
        return m.group(1)
    if "TZID=US-Eastern" in text:
        return STAND_IN
    label = labels[0].split()[-1]
    return label if "/" in label else "UTC"


def read_lines(path):
    with open(path, encoding="utf-8") as f:
        return [line.strip() for line in f if line.strip()]


def check_kde(recur, expander, out):
    """X.next.ref lists the first 500 instances, X.prev.ref those before some day, the last
    first, X.recurson.ref days."""
    base = os.path.join(recur, "KDE__kcalendarcore", "autotests", "data", "RecurrenceRule")
    for path in sorted(glob.glob(os.path.join(base, "*", "*.ics"))):
        name = os.path.basename(path)[:-4]
        with open(path, "rb") as f:
            data = f.read()
        text = data.decode()
        lines = read_lines(path + ".next.ref")
        zone = kde_zone(text, lines)
        want = [compact(line) for line in lines]
        start = datetime(1990, 1, 1, tzinfo=UTC)
        to = datetime(2200, 1, 1, tzinfo=UTC)
        if any(not re.search("COUNT|UNTIL", r) for r in re.findall("RRULE:.*", text)):
            to = after(want[-1], zone)
        compare_file("kde", name, expander, data, zone, start, to, want, out)
        want = sorted(compact(line) for line in read_lines(path + ".prev.ref"))
        if want:
            begin = local_instant(want[0], zone) if len(want) == 500 else start
            compare_file("kde", name + ".prev", expander, data, zone, begin,
                         after(want[-1], zone), want, out)
        want = [line.replace("-", "") for line in read_lines(path + ".recurson.ref")]
        if want:                # KDE stopped asking at some day
            to = local_instant(want[-1], zone) + timedelta(days=1)
        compare_file("kde", name + ".recurson", expander, data, zone, start, to, want, out, True)


def after(t, zone):
    return local_instant(t, zone) + timedelta(seconds=1)
