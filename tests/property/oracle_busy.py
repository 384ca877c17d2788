#!/usr/bin/python3
"""
An oracle for free/busy time, written from RFC 5545 (3.2.9, 3.6.4, 3.8.1.11, 3.8.2.6, 3.8.2.7,
3.2.12), RFC 7953 (3, 4) and the manual icsbusy(1), on top of the series oracle:

    oracle_busy.py [-f FROM] [-t TO] [-z ZONE] [--owner ADDRESS] FILE...

prints `start TAB end TAB type` in UTC for one person whose calendars all FILEs are.

It works moment by moment: the range is cut at every instant at which anything begins or
ends, and of each piece everything is asked that may say something about it.
"""
import argparse
from datetime import datetime, timedelta

import oracle_series
from oracle_series import DAY, UTC, Reader, SystemZone, duration

ORDER = ["free", "unknown", "tentative", "busy", "unavailable"]
FBTYPE = {"FREE": "free", "BUSY": "busy", "BUSY-TENTATIVE": "tentative",
          "BUSY-UNAVAILABLE": "unavailable", "X-UNKNOWN": "unknown"}
FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 30, tzinfo=UTC)


class Rules:
    """The options that say what events are."""

    def __init__(self, owner="", allday="busy", needs_action="tentative"):
        self.owner, self.allday, self.needs_action = owner, allday, needs_action


# --- events -------------------------------------------------------------------

def text_of(component, name):
    p = component.first(name)
    return p.value.strip().upper() if p else ""


def address(value):
    value = value.strip().lower()
    return value[7:] if value.startswith("mailto:") else value


def answer(component, owner):
    """The owner's PARTSTAT; None for who is no attendee or not known."""
    found = None
    for p in component.all("ATTENDEE"):
        if owner and address(owner) in (address(p.value), address(p.params.get("EMAIL", ""))):
            found = p.params.get("PARTSTAT", "NEEDS-ACTION").upper()
    return found


def type_of_event(component, allday, rules):
    transp = text_of(component, "TRANSP")
    status = text_of(component, "STATUS")
    outlook = text_of(component, "X-MICROSOFT-CDO-BUSYSTATUS")
    intended = text_of(component, "X-MICROSOFT-CDO-INTENDEDSTATUS")
    part = answer(component, rules.owner)
    if status == "CANCELLED" or transp == "TRANSPARENT":
        return "free"
    if part in ("DECLINED", "DELEGATED"):
        return "free"
    if allday and rules.allday == "free":
        return "free"
    if allday and rules.allday == "explicit" and not transp and not outlook and not intended:
        return "free"
    if part == "ACCEPTED":
        kind = intended or outlook
    else:
        kind = outlook or intended
    if not transp and kind in ("FREE", "WORKINGELSEWHERE"):
        return "free"
    weak = status == "TENTATIVE" or kind == "TENTATIVE" or part == "TENTATIVE"
    if part is not None and part not in ("ACCEPTED", "TENTATIVE"):
        if rules.needs_action == "free":
            return "free"
        weak = weak or rules.needs_action == "tentative"
    if weak:
        return "tentative"
    return "unavailable" if kind == "OOF" else "busy"


# --- VFREEBUSY ----------------------------------------------------------------

class Report:
    def __init__(self, component, reader):
        def instant(name, absent):
            p = component.first(name)
            return reader.value(p, p.value).instant() if p else absent

        self.stamp = instant("DTSTAMP", FIRST)
        self.start, self.end = instant("DTSTART", None), instant("DTEND", None)
        self.periods, ends = [], []
        for p in component.all("FREEBUSY"):
            kind = FBTYPE.get(p.params.get("FBTYPE", "BUSY").upper(), "busy")
            for text in p.value.split(","):
                begin, _, end = text.strip().partition("/")
                a = reader.value(p, begin).instant()
                if end[0] in "Pp+":
                    days, exact = duration(end)
                    b = a + days * DAY + exact
                else:
                    b = reader.value(p, end).instant()
                ends += [a, b]
                if kind != "free":
                    self.periods.append((a, b, kind))
        self.bounded = self.start is not None or self.end is not None
        if self.bounded:
            self.start = self.start or FIRST
            self.end = self.end or LAST
        elif ends:
            self.start, self.end = min(ends), max(ends)
        else:
            self.start = self.end = FIRST

    def covers(self, t):
        return self.start <= t < self.end

    def says(self, t):
        return [kind for a, b, kind in self.periods if a <= t < b]

    def cuts(self):
        return [self.start, self.end] + [x for a, b, _ in self.periods for x in (a, b)]


def said_by_reports(reports, t, has_calendar):
    """Types: only the newest of those that cover a moment is heard there; what lies outside
    of its own range counts too."""
    covering = [r for r in reports if r.covers(t)]
    newest = max((r.stamp for r in covering), default=None)
    said = []
    for r in reports:
        if r.covers(t):
            if r.stamp == newest:
                said += r.says(t)
        elif newest is None or r.stamp >= newest:
            said += r.says(t)
    if reports and not covering and not has_calendar:
        said.append("unknown")
    return said


# --- VAVAILABILITY ------------------------------------------------------------

class Availability:
    def __init__(self, component, calendar, zone, to):
        reader = Reader(calendar, zone)
        p = component.first("DTSTART")
        start = reader.value(p, p.value) if p else None
        self.start, self.end = start.instant() if start else FIRST, LAST
        p = component.first("DTEND")
        if p:
            self.end = reader.value(p, p.value).instant()
        p = component.first("DURATION")
        if p and start:
            days, exact = duration(p.value)
            self.end = start.at(start.local + days * DAY).instant() + exact
        self.kind = FBTYPE.get(text_of(component, "BUSYTYPE") or "BUSY-UNAVAILABLE", "busy")
        priority = int(text_of(component, "PRIORITY") or 0)
        self.rank = 10 - priority if priority else 0
        # The AVAILABLEs are read as if the VAVAILABILITY were their calendar.
        component.children += [c for c in calendar.children if c.name == "VTIMEZONE"]
        self.available = [
            (i.start.instant(), i.end_instant())
            for i in oracle_series.expand_calendar(component, zone, "instance", to,
                                                   ("AVAILABLE",))]

    def covers(self, t):
        return self.start <= t < self.end

    def frees(self, t):
        return self.covers(t) and any(a <= t < b for a, b in self.available)

    def cuts(self):
        return [self.start, self.end] + [x for pair in self.available for x in pair]


def said_by_availability(availabilities, t):
    """RFC 7953, 4: the highest PRIORITY that covers a moment decides; among equals what is
    AVAILABLE in one of them is free, else BUSY > BUSY-UNAVAILABLE > BUSY-TENTATIVE."""
    covering = [a for a in availabilities if a.covers(t)]
    if not covering:
        return []
    top = max(a.rank for a in covering)
    equals = [a for a in covering if a.rank == top]
    if any(a.frees(t) for a in equals):
        return []
    kinds = [a.kind for a in equals]
    return [max(kinds, key=["free", "unknown", "tentative", "unavailable", "busy"].index)]


# --- all of it ----------------------------------------------------------------

def busy(calendars, zone_name, start, end, rules=Rules()):
    """Spans (from, until, type) of what is not free."""
    zone = SystemZone(zone_name)
    events, reports, availabilities, has_calendar = [], [], [], False
    for data in calendars:
        root = oracle_series.read_components(data)
        for calendar in [c for c in root.children if c.name == "VCALENDAR"]:
            names = {c.name for c in calendar.children} - {"VTIMEZONE"}
            if names - {"VFREEBUSY", "VAVAILABILITY"} or not names:
                has_calendar = True
            for i in oracle_series.expand_calendar(calendar, zone, "instance", end, ("VEVENT",)):
                kind = type_of_event(i.component, i.start.is_date, rules)
                events.append((i.start.instant(), i.end_instant(), kind))
            for c in calendar.children:
                if c.name == "VFREEBUSY":
                    reports.append(Report(c, Reader(calendar, zone)))
                elif c.name == "VAVAILABILITY":
                    availabilities.append(Availability(c, calendar, zone, end))
    if any(not r.bounded for r in reports):
        has_calendar = True
    cuts = {start, end}
    for a, b, _ in events:
        cuts |= {a, b}
    for x in reports + availabilities:
        cuts |= set(x.cuts())
    cuts = sorted(c for c in cuts if start <= c <= end)
    spans = []
    for a, b in zip(cuts, cuts[1:]):
        said = [kind for s, e, kind in events if s <= a < e]
        said += said_by_reports(reports, a, has_calendar)
        said += said_by_availability(availabilities, a)
        kind = max(said, key=ORDER.index, default="free")
        if spans and spans[-1][1] == a and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], b, kind)
        else:
            spans.append((a, b, kind))
    return [s for s in spans if s[2] != "free"]


def working(zone_name, stretches, days, start, end):
    """Spans within hours of the day (pairs of minutes; the end may be on the next day) on
    those days of the week."""
    zone = SystemZone(zone_name)
    spans = []
    day = zone.to_local(start).replace(hour=0, minute=0, second=0) - DAY
    while day <= zone.to_local(end) + DAY:
        if day.weekday() in days:
            for a, b in stretches:
                if b <= a:
                    b += 1440
                spans.append((zone.to_utc(day + timedelta(minutes=a)),
                              zone.to_utc(day + timedelta(minutes=b))))
        day += DAY
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]


def free(taken, hours, start, end):
    """What lies in `hours` and in no span of `taken`, joined."""
    cuts = sorted({start, end} | {x for a, b, _ in taken for x in (a, b)}
                  | {x for pair in hours for x in pair})
    spans = []
    for a, b in zip(cuts, cuts[1:]):
        if not any(s <= a < e for s, e in hours) or any(s <= a < e for s, e, _ in taken):
            continue
        if spans and spans[-1][1] == a:
            spans[-1] = (spans[-1][0], b, "free")
        else:
            spans.append((a, b, "free"))
    return spans


def rows(spans):
    return ["\t".join([a.strftime("%Y-%m-%dT%H:%M:%SZ"), b.strftime("%Y-%m-%dT%H:%M:%SZ"), kind])
            for a, b, kind in spans]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("-f", "--from", dest="start", default="2026-11-23")
    p.add_argument("-t", "--to", default="2026-12-21")
    p.add_argument("-z", "--tz", default="UTC")
    p.add_argument("--owner", default="")
    p.add_argument("files", nargs="+")
    args = p.parse_args()
    zone = SystemZone(args.tz)
    data = []
    for name in args.files:
        with open(name, "rb") as f:
            data.append(f.read())
    for row in rows(busy(data, args.tz, oracle_series.parse_when(args.start, zone),
                         oracle_series.parse_when(args.to, zone), Rules(args.owner))):
        print(row)


if __name__ == "__main__":
    main()
