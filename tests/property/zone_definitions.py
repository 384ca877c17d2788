#!/usr/bin/python3
"""
Every zone of the system as VTIMEZONEs, made of its TZif file by the text of RFC 8536 and
RFC 5545 3.6.5: an observance for each change of the clock, and for each half of the
footer one with an RRULE.

    zone_definitions.py [zoneinfo folder]       prints a VCALENDAR
"""
import os
import re
import struct
import sys
from datetime import datetime, timedelta

DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
EPOCH = datetime(1970, 1, 1)
FIRST = -2**31                  # what other programs can read, and the year 1901


def read_tzif(path):
    """[(instant, offset, is dst)], offset before them, footer"""
    with open(path, "rb") as f:
        data = f.read()
    if data[:4] != b"TZif" or data[4:5] < b"2":
        return None
    at = 0
    for size in (4, 8):         # the 64-bit block is the second
        counts = struct.unpack(">6L", data[at + 20:at + 44])
        isut, isstd, leap, times, types, chars = counts
        start = at + 44
        at = start + times * (size + 1) + types * 6 + chars + leap * (size + 4) + isstd + isut
    instants = struct.unpack(">%dq" % times, data[start:start + 8 * times])
    index = data[start + 8 * times:start + 9 * times]
    base = start + 9 * times
    infos = [struct.unpack(">lBB", data[base + 6 * i:base + 6 * i + 6]) for i in range(types)]
    changes = [(t, infos[i][0], infos[i][1]) for t, i in zip(instants, index)]
    return changes, infos[0][0], data[at:].decode().strip("\n")


def offset_text(seconds):
    sign = "-" if seconds < 0 else "+"
    seconds = abs(seconds)
    text = "%s%02d%02d" % (sign, seconds // 3600, seconds // 60 % 60)
    return text + ("%02d" % (seconds % 60) if seconds % 60 else "")


def observance(instant, before, after, dst, *more):
    kind = "DAYLIGHT" if dst else "STANDARD"
    local = EPOCH + timedelta(seconds=instant + before)
    return ["BEGIN:" + kind, "DTSTART:" + local.strftime("%Y%m%dT%H%M%S"),
            "TZOFFSETFROM:" + offset_text(before), "TZOFFSETTO:" + offset_text(after), *more,
            "END:" + kind]


FOOTER = re.compile(r"(?:<[^>]+>|[A-Za-z]+)(-?[\d:]+)(?:<[^>]+>|[A-Za-z]+)(-?[\d:]+)?"
                    r",M(\d+)\.(\d)\.(\d)(?:/(-?[\d:]+))?,M(\d+)\.(\d)\.(\d)(?:/(-?[\d:]+))?$")


def seconds_of(text, default):
    if text is None:
        return default
    sign = -1 if text.startswith("-") else 1
    parts = [int(x) for x in text.lstrip("+-").split(":")] + [0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])


def weekday_in(year, month, week, day):
    """The date of the POSIX rule Mm.w.d, and the RRULE of that day moved by `shift` days."""
    if week == 5:
        following = datetime(year + month // 12, month % 12 + 1, 1)
        date = following - timedelta(days=1)
        return date - timedelta(days=(date.isoweekday() - day) % 7)
    date = datetime(year, month, 1)
    return date + timedelta(days=(day - date.isoweekday()) % 7 + 7 * (week - 1))


def footer_rules(match, last):
    """The observances of a footer, from the first year that is wholly after `last`."""
    std = -seconds_of(match[1], 0)
    dst = -seconds_of(match[2], -(std + 3600))
    year = (EPOCH + timedelta(seconds=last)).year + 1
    out = []
    for first, before, after, is_dst in ((3, std, dst, 1), (7, dst, std, 0)):
        month, week, day = (int(match[first + i]) for i in range(3))
        time = seconds_of(match[first + 3], 7200)
        days = time // 86400        # a time before or after its day
        if days and week == 5:
            return None             # no RRULE of one month says it
        date = weekday_in(year, month, week, day)
        weekday = DAYS[(day + days) % 7]
        if week == 5:
            part = "BYDAY=-1" + weekday
        elif days == 0:
            part = "BYDAY=%d%s" % (week, weekday)
        else:
            low = 7 * (week - 1) + 1 + days
            if low < 1:
                return None
            part = "BYDAY=%s;BYMONTHDAY=%s" % (
                weekday, ",".join(str(low + i) for i in range(7)))
        local = date + timedelta(seconds=time)
        out += observance(int((local - EPOCH).total_seconds()) - before, before, after, is_dst,
                          "RRULE:FREQ=YEARLY;BYMONTH=%d;%s" % (month, part))
    return year, out


def definition(name, path):
    found = read_tzif(path)
    if not found:
        return []
    changes, before, footer = found
    match = FOOTER.match(footer)
    lines = ["BEGIN:VTIMEZONE", "TZID:/of.the.system/" + name]
    rules = footer_rules(match, changes[-1][0] if changes else 0) if match else None
    if match and not rules:
        return []
    wanted = []
    for instant, after, dst in changes:
        if instant >= FIRST:
            wanted.append((instant, before, after, dst))
        before = after
    if not wanted:
        wanted = [(FIRST, before, before, 0)]
    for change in wanted:
        lines += observance(*change)
    if rules:
        # The rest of the year of the last change is of the footer, too.
        year, text = rules
        lines += rest_of_year(name, wanted[-1], year) + text
    return lines + ["END:VTIMEZONE"]


def rest_of_year(name, last, year):
    import zoneinfo
    zone = zoneinfo.ZoneInfo(name)
    out, before = [], last[2]
    t = (EPOCH + timedelta(seconds=last[0])).replace(tzinfo=zoneinfo.ZoneInfo("UTC"))
    while t.year < year:
        step = t + timedelta(hours=1)
        after = int(step.astimezone(zone).utcoffset().total_seconds())
        if after != before:
            while (step - t).total_seconds() > 1:
                middle = t + (step - t) // 2
                middle = middle.replace(microsecond=0)
                if int(middle.astimezone(zone).utcoffset().total_seconds()) == before:
                    t = middle
                else:
                    step = middle
            instant = int((step.replace(tzinfo=None) - EPOCH).total_seconds())
            out += observance(instant, before, after, after > before)
            before = after
        t = step
    return out


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo"
    print("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//kalends//zones//EN")
    for root, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if f not in ("posix", "right")]
        for name in sorted(files):
            path = os.path.join(root, name)
            with open(path, "rb") as f:
                if f.read(4) != b"TZif":
                    continue
            lines = definition(os.path.relpath(path, folder), path)
            if lines:
                print("\n".join(lines))
    print("END:VCALENDAR")


if __name__ == "__main__":
    main()
