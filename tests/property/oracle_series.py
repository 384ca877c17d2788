#!/usr/bin/python3
"""
An oracle for whole series, written from the text of RFC 5545 (3.3.5, 3.8.4.4, 3.8.5):

    oracle_series.py [-f FROM] [-t TO] [-z ZONE] [--dtstart rule] FILE...

prints `start TAB end TAB uid TAB recurrence-id` of what overlaps FROM..TO (exclusive),
sorted, in RFC 3339 of ZONE; a bare date for all-day, its end exclusive.

What it decides where the RFC does not speak plainly:
  - recurrence-id is empty for a component that does not recur, else the original start.
  - THISANDFUTURE shifts by local time of the master's zone ("rescheduled by the same time
    difference"): a meeting moved from 9:00 to 11:00 stays at 11:00 in winter.
  - Of two overrides of one instance the higher SEQUENCE counts, then the later one.
  - UNTIL with Z and a floating or all-day DTSTART is compared as it is written.
  - An EXRULE excludes what the rule yields; DTSTART is not automatically its member.
"""
import argparse
import re
import sys
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone

import oracle_rule
from oracle_rule import Budget, Rule

UTC = timezone.utc
DAY = timedelta(days=1)


# --- reading ------------------------------------------------------------------

def unfold(data):
    """Content lines; a fold may stand inside a character, so bytes are joined."""
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    data = data.replace(b"\n ", b"").replace(b"\n\t", b"")
    return [line for line in data.decode("utf-8", "replace").split("\n") if line.strip()]


class Property:
    def __init__(self, line):
        head = ""
        quoted = False
        for i, c in enumerate(line):
            if c == '"':
                quoted = not quoted
            elif c == ":" and not quoted:
                head, self.value = line[:i], line[i + 1:].rstrip("\r")
                break
        else:
            head, self.value = line, ""
        pieces = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', head)
        self.name = pieces[0].upper()
        self.params = {}
        for piece in pieces[1:]:
            k, _, v = piece.partition("=")
            self.params[k.upper()] = v.strip('"')


class Component:
    def __init__(self, name):
        self.name = name
        self.properties = []
        self.children = []

    def all(self, name):
        return [p for p in self.properties if p.name == name]

    def first(self, name):
        found = self.all(name)
        return found[0] if found else None


def read_components(data):
    root = Component("")
    stack = [root]
    for line in unfold(data):
        p = Property(line)
        if p.name == "BEGIN":
            c = Component(p.value.strip().upper())
            stack[-1].children.append(c)
            stack.append(c)
        elif p.name == "END":
            if len(stack) > 1:
                stack.pop()
        else:
            stack[-1].properties.append(p)
    return root


# --- zones --------------------------------------------------------------------

class SystemZone:
    def __init__(self, name):
        self.info = zoneinfo.ZoneInfo(name)

    def to_utc(self, local):
        # fold=0 is 3.3.5's rule: the first occurrence in an overlap, the offset before
        # the gap in a gap.
        return local.replace(tzinfo=self.info, fold=0).astimezone(UTC)

    def to_local(self, instant):
        return instant.astimezone(self.info).replace(tzinfo=None)

    def offset(self, instant):
        return instant.astimezone(self.info).utcoffset()


class FileZone:
    """A VTIMEZONE (3.6.5): the onsets of all its observances, in order."""

    def __init__(self, component):
        self.onsets = []
        for o in component.children:
            before, after = (offset_of(o.first(n).value) for n in ("TZOFFSETFROM", "TZOFFSETTO"))
            start = oracle_rule.parse_time(o.first("DTSTART").value.rstrip("Z"))
            locals_ = {start}
            for p in o.all("RRULE"):
                # UNTIL is in UTC here; the onset's own local time is before the change.
                text = p.value
                rule = Rule(re.sub(r";?UNTIL=[^;]*", "", text).strip(";"))
                until = re.search(r"UNTIL=([0-9TZ]+)", text)
                last = datetime(2100, 1, 1)
                if until:
                    last = oracle_rule.parse_time(until.group(1))
                    if until.group(1).endswith("Z"):
                        last += before
                found, _ = oracle_rule.instances(rule, start, "rule", None, 2000, last,
                                                 Budget(200000))
                locals_ |= {t for t in found if t <= last}
            for p in o.all("RDATE"):
                locals_ |= {oracle_rule.parse_time(v.split("/")[0]) for v in p.value.split(",")}
            self.onsets += [((t - before).replace(tzinfo=UTC), before, after) for t in locals_]
        self.onsets.sort(key=lambda x: x[0])

    def offset(self, instant):
        current = self.onsets[0][1]
        for onset, _, after in self.onsets:
            if onset > instant:
                break
            current = after
        return current

    def to_local(self, instant):
        return (instant + self.offset(instant)).replace(tzinfo=None)

    def to_utc(self, local):
        u = local.replace(tzinfo=UTC)
        offsets = {o for _, a, b in self.onsets for o in (a, b)}
        hits = [u - o for o in offsets if self.offset(u - o) == o]
        if hits:
            return min(hits)
        for onset, before, after in self.onsets:
            if onset + before <= u < onset + after:
                return u - before
        return u - self.onsets[0][1]


def offset_of(text):
    m = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text.strip())
    d = timedelta(hours=int(m.group(2)), minutes=int(m.group(3)), seconds=int(m.group(4) or 0))
    return -d if m.group(1) == "-" else d


def find_zone(tzid, calendar, default):
    names = zoneinfo.available_timezones()
    if tzid in names:
        return SystemZone(tzid)
    for c in calendar.children:
        if c.name == "VTIMEZONE" and c.first("TZID") and c.first("TZID").value == tzid:
            return FileZone(c)
    pieces = tzid.split("/")
    for n in (3, 2, 1):
        if "/".join(pieces[-n:]) in names:
            return SystemZone("/".join(pieces[-n:]))
    return default


# --- values -------------------------------------------------------------------

class Value:
    """A DATE or DATE-TIME: local time in a zone; a floating one is in the zone of -z."""

    def __init__(self, local, zone, is_date):
        self.local, self.zone, self.is_date = local, zone, is_date

    def instant(self):
        return self.zone.to_utc(self.local)

    def at(self, local):
        return Value(local, self.zone, self.is_date)

    def key(self):
        return self.instant()


class Reader:
    """Reads values of one VCALENDAR."""

    def __init__(self, calendar, default):
        self.calendar, self.default = calendar, default
        self.zones = {}

    def zone(self, p, text):
        if text.endswith("Z"):
            return SystemZone("UTC")
        tzid = p.params.get("TZID")
        if not tzid:
            return self.default
        if tzid not in self.zones:
            self.zones[tzid] = find_zone(tzid, self.calendar, self.default)
        return self.zones[tzid]

    def value(self, p, text):
        text = text.strip()
        if "T" not in text:
            return Value(oracle_rule.parse_time(text), self.default, True)
        return Value(oracle_rule.parse_time(text), self.zone(p, text), False)


def duration(text):
    """(nominal days, exact seconds): "the exact duration will depend on its start"."""
    m = re.fullmatch(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
                     text.strip())
    w, d, h, mi, s = (int(x or 0) for x in m.groups()[1:])
    sign = -1 if m.group(1) == "-" else 1
    return sign * (w * 7 + d), sign * timedelta(hours=h, minutes=mi, seconds=s)


class Length:
    """How the end follows from the start."""

    def __init__(self, days=0, exact=timedelta(0)):
        self.days, self.exact = days, exact

    def end(self, start):
        """The end of an instance, as Value for dates and as instant else."""
        if start.is_date:
            return start.at(start.local + self.days * DAY + self.exact)
        if not self.days:
            return start.instant() + self.exact
        # 3.3.5: a time in a gap "indicates" the one that the clock shows then.
        local = start.zone.to_local(start.instant())
        return start.at(local + self.days * DAY).instant() + self.exact


def length_of(component, start, reader):
    for name in ("DTEND", "DUE"):
        p = component.first(name)
        if p:
            end = reader.value(p, p.value)
            if start.is_date:
                return Length(max(1, (end.local.date() - start.local.date()).days))
            # Negative where the clock skips the start alone.
            return Length(0, max(timedelta(0), end.instant() - start.instant()))
    p = component.first("DURATION")
    if p:
        days, exact = duration(p.value)
        if start.is_date:
            days += int(exact // DAY)
            exact = timedelta(0)
        return Length(days, exact)
    return Length(1) if start.is_date else Length()


# --- the series ---------------------------------------------------------------

class Instance:
    def __init__(self, start, length, uid, recurrence_id, component):
        self.start, self.length, self.uid = start, length, uid
        self.recurrence_id = recurrence_id      # Value or None
        self.component = component              # whose properties hold

    def end_instant(self):
        end = self.length.end(self.start)
        return end.instant() if isinstance(end, Value) else end


def rule_instances(text, start, reader, school, to):
    """The Values of one RRULE up to the instant `to`."""
    text = text.strip().upper()
    if start.is_date:               # "MUST be ignored"
        text = ";".join(p for p in text.split(";")
                        if not re.match("BY(HOUR|MINUTE|SECOND)=", p))
    m = re.search(r"(?:^|;)UNTIL=([0-9TZ]+)", text)
    text = re.sub(r"(^|;)UNTIL=[^;]*", "", text).strip(";")
    until_local = until_instant = None
    if m:
        t = oracle_rule.parse_time(m.group(1))
        if "T" not in m.group(1):
            until_local = datetime.combine(t.date(), time(23, 59, 59))
        elif m.group(1).endswith("Z") and not start.is_date and start.zone is not reader.default:
            until_instant = t.replace(tzinfo=UTC)
        else:
            until_local = t
    horizon = start.zone.to_local(to) + 2 * DAY
    if until_local:
        horizon = min(horizon, until_local)
    if until_instant:
        horizon = min(horizon, start.zone.to_local(until_instant) + DAY)
    found, known = oracle_rule.instances(Rule(text), start.local, school, None, 1000000,
                                         horizon, Budget(3000000, 100000000))
    out = []
    for t in found:
        if until_local and t > until_local or t > horizon:
            continue
        v = start.at(t)
        if until_instant and v.instant() > until_instant:
            continue
        out.append(v)
    if school == "instance" and start.local not in [v.local for v in out]:
        out.insert(0, start)        # DTSTART is there whatever UNTIL says
    return out


def expand_master(master, reader, school, to):
    """{instant: Instance} of a component without its overrides."""
    p = master.first("DTSTART")
    uid = master.first("UID").value if master.first("UID") else ""
    start = reader.value(p, p.value)
    length = length_of(master, start, reader)
    recurs = any(master.first(n) for n in ("RRULE", "RDATE"))
    out = {}

    def add(v, how_long):
        # Duplicate instances are ignored: but a PERIOD says more than a plain start.
        key = v.instant()
        if key not in out or how_long is not length:
            out[key] = Instance(v, how_long, uid, v if recurs else None, master)

    rules = master.all("RRULE")
    if school == "instance" or not rules:
        add(start, length)
    for r in rules:
        try:
            for v in rule_instances(r.value, start, reader, school, to):
                add(v, length)
        except oracle_rule.Invalid as e:
            print("ignored: %s (%s)" % (r.value, e), file=sys.stderr)
    for p in master.all("RDATE"):
        for text in p.value.split(","):
            begin, _, end = text.partition("/")
            v = reader.value(p, begin)
            how_long = length
            if v.is_date and not start.is_date:
                v = start.at(datetime.combine(v.local.date(), start.local.time()))
            if end and end[0] in "P+-":
                how_long = Length(*duration(end))
            elif end:
                how_long = Length(0, reader.value(p, end).instant() - v.instant())
            add(v, how_long)
    exclude(master, start, reader, to, out)
    return start, out


def exclude(master, start, reader, to, out):
    instants, days = set(), set()
    for p in master.all("EXDATE"):
        for text in p.value.split(","):
            v = reader.value(p, text)
            if v.is_date or start.is_date:
                days.add(v.local.date())
            else:
                instants.add(v.instant())
    for p in master.all("EXRULE"):
        for v in rule_instances(p.value, start, reader, "rule", to):
            instants.add(v.instant())
    for key in list(out):
        # The day of an instance is the day in the zone of DTSTART.
        local = start.zone.to_local(key) if not start.is_date else out[key].start.local
        if key in instants or local.date() in days:
            del out[key]


def sequence(component):
    p = component.first("SEQUENCE")
    return int(p.value) if p and p.value.strip().isdigit() else 0


def series(masters, overrides, reader, school, to):
    """All instances of one UID that may matter before `to`."""
    slack = 400 * DAY
    horizon = to + slack if to < datetime(9998, 1, 1, tzinfo=UTC) else to
    out = {}
    start = None
    for m in masters:
        start, found = expand_master(m, reader, school, horizon)
        out.update(found)
    chosen = {}
    for o in overrides:
        rid_p = o.first("RECURRENCE-ID")
        rid = reader.value(rid_p, rid_p.value)
        if start and rid.is_date and not start.is_date:
            rid = start.at(datetime.combine(rid.local.date(), start.local.time()))
        key = rid.instant()
        if key not in chosen or sequence(o) >= sequence(chosen[key][1]):
            chosen[key] = (rid, o)
    ranges = []
    for key, (rid, o) in chosen.items():
        p = o.first("DTSTART")
        begin = reader.value(p, p.value) if p else rid
        length = length_of(o, begin, reader)
        uid = o.first("UID").value if o.first("UID") else ""
        out[key] = Instance(begin, length, uid, rid, o)
        if rid_p_range(o):
            ranges.append((key, rid, begin, length, o))
    shift(ranges, chosen, start, out)
    return list(out.values())


def rid_p_range(o):
    return o.first("RECURRENCE-ID").params.get("RANGE", "").upper() == "THISANDFUTURE"


def shift(ranges, chosen, start, out):
    """RANGE=THISANDFUTURE: the nearest one before an instance moves it."""
    ranges.sort(key=lambda x: x[0])
    for key, instance in out.items():
        if key in chosen:
            continue            # "Subsequent instances defined in separate components"
        before = [x for x in ranges if x[0] <= key]
        if not before:
            continue
        _, rid, begin, length, component = before[-1]
        zone = start.zone if start else rid.zone
        if instance.start.is_date:
            difference = begin.local - rid.local
            moved = instance.start.at(instance.start.local + difference)
        else:
            difference = zone.to_local(begin.instant()) - zone.to_local(rid.instant())
            moved = Value(zone.to_local(key) + difference, zone, False)
        instance.start, instance.length = moved, length
        instance.component = component


def expand_calendar(calendar, default, school, to, names):
    """The instances of the components of those names, UID by UID."""
    reader = Reader(calendar, default)
    groups = {}
    for i, c in enumerate(calendar.children):
        if c.name not in names:
            continue
        if not c.first("DTSTART") and not c.first("RECURRENCE-ID"):
            continue
        uid = c.first("UID").value if c.first("UID") else "\0%d" % i
        masters, overrides = groups.setdefault((c.name, uid), ([], []))
        (overrides if c.first("RECURRENCE-ID") else masters).append(c)
    found = []
    for masters, overrides in groups.values():
        found += series(masters, overrides, reader, school, to)
    return found


def expand(data, zone_name="UTC", school="instance", start=None, to=None):
    """Rows (start, end, uid, recurrence-id), sorted; the window is two instants."""
    default = SystemZone(zone_name)
    to = to or datetime(9999, 1, 1, tzinfo=UTC)
    root = read_components(data)
    instances = []
    for calendar in [c for c in root.children if c.name == "VCALENDAR"] or [root]:
        instances += expand_calendar(calendar, default, school, to,
                                     ("VEVENT", "VTODO", "VJOURNAL"))
    rows = []
    for i in instances:
        begin, end = i.start.instant(), i.end_instant()
        if begin >= to:
            continue
        if start and not (end > start or begin >= start):
            continue
        rows.append((begin, end, row(i, default)))
    rows.sort(key=lambda x: (x[0], x[1], x[2]))
    return [r for _, _, r in rows]


def row(i, zone):
    end = i.length.end(i.start)
    return (show(i.start, zone), show(end, zone), i.uid,
            show(i.recurrence_id, zone) if i.recurrence_id else "")


def show(v, zone):
    if isinstance(v, Value):
        if v.is_date:
            return v.local.strftime("%Y-%m-%d")
        v = v.instant()
    offset = zone.offset(v)
    local = zone.to_local(v)
    text = "%04d-%02d-%02dT%02d:%02d:%02d" % (local.year, local.month, local.day,
                                             local.hour, local.minute, local.second)
    if not offset:
        return text + "Z" if getattr(zone.info, "key", "") == "UTC" else text + "+00:00"
    minutes = int(offset.total_seconds()) // 60
    return text + "%s%02d:%02d" % ("-" if minutes < 0 else "+", abs(minutes) // 60,
                                   abs(minutes) % 60)


def parse_when(text, zone):
    """2026-11-23, or RFC 3339 with or without an offset."""
    t = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return t.astimezone(UTC) if t.tzinfo else zone.to_utc(t)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("-f", "--from", dest="start")
    p.add_argument("-t", "--to")
    p.add_argument("-z", "--tz", default="UTC")
    p.add_argument("--dtstart", choices=["instance", "rule"], default="instance")
    p.add_argument("files", nargs="+")
    args = p.parse_args()
    zone = SystemZone(args.tz)
    for name in args.files:
        with open(name, "rb") as f:
            data = f.read()
        for r in expand(data, args.tz, args.dtstart,
                        parse_when(args.start, zone) if args.start else None,
                        parse_when(args.to, zone) if args.to else None):
            print("\t".join(r))


if __name__ == "__main__":
    main()
