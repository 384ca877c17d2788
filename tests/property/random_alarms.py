#!/usr/bin/python3
"""
Random calendars with alarms: those of random_series with VALARMs of every kind, some of
their components as tasks, some cancelled or done.

    random_alarms.py [SEED [NUMBER]]        prints one
"""
import random
import sys
from datetime import datetime, timedelta

import random_series
from oracle_rule import format_time

RELATIVE = ["-PT15M", "-PT15M", "PT0S", "-PT1H30M", "-P1D", "-P1W", "-P4W", "P1D", "PT9H",
            "-PT15H", "P0DT17H30M0S", "-P0DT0H15M0S", "-P1DT2H", "P2DT0H", "-PT90S", "+PT5M", "-P365D", "P60D"]
DELAYS = ["PT5M", "PT1H", "P1D", "P1W", "PT36H", "P10DT1H"]
ACTIONS = ["DISPLAY"] * 6 + ["AUDIO", "EMAIL", "NONE", "X-BELL", "display", "PROCEDURE"]


def near(r, lines):
    """A moment about the time of a component."""
    for line in lines:
        if line.startswith(("DTSTART", "DUE")):
            day = datetime.strptime(line.rpartition(":")[2][:8], "%Y%m%d")
            break
    else:
        day = datetime(2024, 6, 1)
    return day + timedelta(days=r.choice([0, 0, -1, 1, -30, 60, r.randint(-400, 400)]),
                           minutes=r.randint(0, 1439))


def trigger(r, lines):
    kind = r.random()
    if kind < 0.15:
        return "TRIGGER;VALUE=DATE-TIME:" + format_time(near(r, lines)) + "Z"
    related = r.choice(["", "", "", ";RELATED=START", ";RELATED=END", ";RELATED=END",
                        ";VALUE=DURATION", ";related=End"])
    return "TRIGGER%s:%s" % (related, r.choice(RELATIVE))


def valarm(r, lines, number, uid=None, snoozed=None):
    out = ["BEGIN:VALARM"]
    if r.random() < 0.9:
        out.append("ACTION:" + r.choice(ACTIONS))
    out.append(trigger(r, lines))
    if r.random() < 0.2:
        out.append("REPEAT:%d" % r.choice([0, 1, 2, 5, 30]))
    if r.random() < 0.2 or "REPEAT" in out[-1] and r.random() < 0.9:
        out.append("DURATION:" + r.choice(DELAYS))
    if r.random() < 0.2:
        out.append("ACKNOWLEDGED:" + format_time(near(r, lines)) + "Z")
    if r.random() < 0.05:
        out.append("PROXIMITY:ARRIVE")
    if uid:
        out.append("UID:" + uid)
    if snoozed:
        out.append("RELATED-TO%s:%s" % (r.choice([";RELTYPE=SNOOZE", ";RELTYPE=snooze", ""]),
                                        snoozed))
    out.append("DESCRIPTION:text %d" % number)
    r.shuffle(out[1:])
    return out + ["END:VALARM"]


def valarms(r, lines):
    out, uids = [], []
    for n in range(r.choice([0, 1, 1, 1, 2, 3, 5])):
        uid = "alarm-%d" % n if r.random() < 0.4 else None
        out += valarm(r, lines, n, uid, r.choice(uids) if uids and r.random() < 0.5 else None)
        if uid:
            uids.append(uid)
    return out


def as_task(r, lines):
    """The same component as a VTODO."""
    out = [line.replace("VEVENT", "VTODO") for line in lines]
    out = ["DUE" + line[5:] if line.startswith("DTEND") else line for line in out]
    recurs = any(line.startswith(("RRULE", "RDATE", "RECURRENCE-ID")) for line in out)
    if not recurs and any(line.startswith("DUE") for line in out) and r.random() < 0.4:
        out = [line for line in out if not line.startswith("DTSTART")]
    elif not recurs and r.random() < 0.1:
        out = [line for line in out if not line.startswith(("DTSTART", "DUE", "DURATION"))]
    elif not recurs and r.random() < 0.2:
        # Due on the day on which it begins.
        start = [line for line in out if line.startswith("DTSTART")]
        out = [line for line in out if not line.startswith(("DUE", "DURATION"))]
        out.insert(1, "DUE" + start[0][7:])
    return out


def random_component_group(r, number):
    group = random_series.random_event(r, "event-%d@example.org" % number)
    task = r.random() < 0.3
    out, copied = [], None
    for lines in group:
        if task:
            lines = as_task(r, lines)
        dated = any(line.startswith(("DTSTART", "DUE")) for line in lines)
        alarms = valarms(r, lines)
        if not dated:
            alarms = [] if any("TRIGGER" in a and "DATE-TIME" not in a for a in alarms) else alarms
        if copied and r.random() < 0.5:
            alarms = copied         # as clients do when they make an override
        copied = alarms
        extra = []
        if r.random() < 0.08:
            extra.append("STATUS:CANCELLED")
        elif task and r.random() < 0.1:
            extra.append(r.choice(["STATUS:COMPLETED", "COMPLETED:20240101T000000Z",
                                   "PERCENT-COMPLETE:100", "PERCENT-COMPLETE:40"]))
        out.append(lines[:-1] + extra + alarms + lines[-1:])
    return out


def random_calendar(seed, number):
    r = random.Random("%d/alarms/%d" % (seed, number))
    components = []
    for n in range(r.randint(1, 4)):
        components += random_component_group(r, n)
    r.shuffle(components)
    end = r.choice([b"\r\n", b"\r\n", b"\n"])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kalends//random//EN"]
    lines += [line for c in components for line in c] + ["END:VCALENDAR"]
    return b"".join(random_series.fold(r, line, end) for line in lines)


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(1 << 30)
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    print("seed %d" % seed, file=sys.stderr)
    sys.stdout.buffer.write(random_calendar(seed, number))


if __name__ == "__main__":
    main()
