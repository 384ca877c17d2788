#!/usr/bin/python3
"""
Random calendars of one person for free/busy time: the events of random_series with what
tells how they take time, VFREEBUSYs of several ages, VAVAILABILITYs of several priorities.

    random_busy.py [SEED [NUMBER]]          prints one
"""
import random
import sys
from datetime import datetime, timedelta

import random_series
from oracle_rule import format_time

OWNER = "me@example.org"
BASE = datetime(2024, 3, 25)


def sometimes(r, chance, *lines):
    return [r.choice(lines)] if r.random() < chance else []


def decorate(r, lines):
    """Adds to the lines of a VEVENT what matters to free/busy time."""
    more = sometimes(r, 0.4, "TRANSP:OPAQUE", "TRANSP:TRANSPARENT", "transp:Transparent")
    more += sometimes(r, 0.4, "STATUS:CONFIRMED", "STATUS:TENTATIVE", "STATUS:CANCELLED")
    more += sometimes(r, 0.3, *("X-MICROSOFT-CDO-BUSYSTATUS:" + s for s in
                                ("FREE", "BUSY", "TENTATIVE", "OOF", "WORKINGELSEWHERE")))
    more += sometimes(r, 0.2, *("X-MICROSOFT-CDO-INTENDEDSTATUS:" + s for s in
                                ("FREE", "BUSY", "TENTATIVE", "OOF")))
    if r.random() < 0.4:
        part = r.choice(["", ";PARTSTAT=ACCEPTED", ";PARTSTAT=DECLINED", ";PARTSTAT=TENTATIVE",
                         ";PARTSTAT=NEEDS-ACTION", ";PARTSTAT=DELEGATED", ";PARTSTAT=X-LATER",
                         ";partstat=accepted"])
        who = r.choice(["mailto:me@example.org", "MAILTO:Me@Example.ORG"])
        more.append("ATTENDEE;CN=\"Me; myself\"%s:%s" % (part, who))
        if r.random() < 0.1:
            more[-1] = "ATTENDEE;EMAIL=me@example.org%s:urn:uuid:1" % part
        more.append("ATTENDEE;PARTSTAT=DECLINED:mailto:you@example.org")
    r.shuffle(more)
    return lines[:-1] + more + lines[-1:]


def moment(r, days=60):
    return BASE + timedelta(days=r.randint(-10, days), minutes=15 * r.randint(0, 95))


def utc(t):
    return format_time(t) + "Z"


def period(r):
    a = moment(r)
    minutes = r.choice([15, 60, 60, 240, 1440, 4320])
    if r.random() < 0.3:
        return utc(a) + "/" + r.choice(["PT1H", "PT8H30M", "P1D", "P1W", "PT0S", "P1DT2H"])
    return utc(a) + "/" + utc(a + timedelta(minutes=minutes))


def freebusy(r):
    lines = ["BEGIN:VFREEBUSY", "UID:%d" % r.randint(0, 9)]
    if r.random() < 0.9:
        lines.append("DTSTAMP:" + utc(datetime(2024, 1, 1) + timedelta(hours=r.randint(0, 3))))
    start = moment(r, 30).replace(hour=0, minute=0)
    if r.random() < 0.8:
        lines.append("DTSTART:" + utc(start))
    if r.random() < 0.8:
        lines.append("DTEND:" + utc(start + timedelta(days=r.choice([1, 7, 30]))))
    for _ in range(r.choice([0, 1, 1, 3, 8])):
        kind = r.choice(["", ";FBTYPE=BUSY", ";FBTYPE=FREE", ";FBTYPE=BUSY-TENTATIVE",
                         ";FBTYPE=BUSY-UNAVAILABLE", ";FBTYPE=X-GYM", ";fbtype=busy-tentative"])
        lines.append("FREEBUSY%s:%s" % (kind, ",".join(period(r) for _ in range(
            r.randint(1, 3)))))
    return lines + ["END:VFREEBUSY"]


def available(r, uid):
    """An AVAILABLE, sometimes with an override."""
    zone = r.choice(random_series.ZONES)
    start = (BASE + timedelta(days=r.randint(-20, 20))).replace(hour=r.choice([8, 9, 13]))
    lines = ["BEGIN:AVAILABLE", "UID:" + uid, "DTSTAMP:20240101T000000Z",
             "DTSTART;TZID=%s:%s" % (zone, format_time(start))]
    lines.append(r.choice(["DURATION:PT4H", "DURATION:PT9H", "DTEND;TZID=%s:%s" % (
        zone, format_time(start + timedelta(hours=8)))]))
    rule = r.choice(["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;COUNT=4",
                     "FREQ=DAILY;INTERVAL=3"])
    if rule:
        lines.append("RRULE:" + rule)
    out = lines + ["END:AVAILABLE"]
    if rule.startswith("FREQ=DAILY") and r.random() < 0.5:
        rid = start + timedelta(days=3)
        out += ["BEGIN:AVAILABLE", "UID:" + uid, "DTSTAMP:20240101T000000Z",
                "RECURRENCE-ID;TZID=%s:%s" % (zone, format_time(rid)),
                "DTSTART;TZID=%s:%s" % (zone, format_time(rid + timedelta(hours=2))),
                "DURATION:PT1H", "END:AVAILABLE"]
    return out


def availability(r):
    lines = ["BEGIN:VAVAILABILITY", "UID:%d" % r.randint(0, 99), "DTSTAMP:20240101T000000Z"]
    start = moment(r, 30)
    if r.random() < 0.6:
        lines.append("DTSTART:" + utc(start))
        if r.random() < 0.5:
            lines.append("DURATION:" + r.choice(["P1W", "P3D", "PT36H"]))
        elif r.random() < 0.7:
            lines.append("DTEND:" + utc(start + timedelta(days=r.choice([2, 9, 30]))))
    lines += sometimes(r, 0.5, "BUSYTYPE:BUSY", "BUSYTYPE:BUSY-TENTATIVE",
                       "BUSYTYPE:BUSY-UNAVAILABLE", "BUSYTYPE:X-ODD")
    lines += sometimes(r, 0.6, "PRIORITY:0", "PRIORITY:1", "PRIORITY:5", "PRIORITY:9")
    for n in range(r.choice([0, 1, 1, 2])):
        lines += available(r, "available-%d" % n)
    return lines + ["END:VAVAILABILITY"]


def calendar(r, components):
    end = r.choice([b"\r\n", b"\r\n", b"\n"])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kalends//random//EN"]
    lines += [line for c in components for line in c] + ["END:VCALENDAR"]
    return b"".join(random_series.fold(r, line, end) for line in lines)


def random_person(seed, number):
    """The bytes of one to three calendars."""
    r = random.Random("%d/busy/%d" % (seed, number))
    calendars = []
    style = r.choice(["events", "events", "all", "all", "reports", "availability"])
    if style != "reports":
        components = []
        for n in range(r.randint(1, 4)):
            components += [decorate(r, c) for c in random_series.random_event(
                r, "event-%d@example.org" % n)]
        r.shuffle(components)
        calendars.append(calendar(r, components))
    if style in ("all", "reports"):
        for _ in range(r.randint(1, 2)):
            calendars.append(calendar(r, [freebusy(r) for _ in range(r.randint(1, 3))]))
    if style in ("all", "availability"):
        calendars.append(calendar(r, [availability(r) for _ in range(r.randint(1, 3))]))
    r.shuffle(calendars)
    return calendars


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for data in random_person(seed, number):
        sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
