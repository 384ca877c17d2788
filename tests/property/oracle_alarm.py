#!/usr/bin/python3
"""
An oracle for alarms, written from the text of RFC 5545 (3.3.6, 3.6.6, 3.8.6) and RFC 9074
(4 to 8):

    oracle_alarm.py -f FROM -t TO [-z ZONE] FILE...

prints `alarm TAB uid TAB start TAB recurrence-id TAB action TAB trigger TAB repeat` of
every alarm in FROM..TO (exclusive), sorted.

What it decides where the RFCs do not speak plainly:
  - The weeks and days of a trigger are nominal, on the wall clock of the value that it is
    relative to, then its hours are exact; the n-th repetition adds n times the delay.
  - Dates begin at 00:00 in the zone of -z, as 3.8.6.3 says.
  - The end of a task is its DUE, of an event DTEND; a task without an end has its start,
    one without a start its end.
  - An absolute alarm of a series is said of the first occurrence that is not over then,
    or, where there is none, of the last. Copies of it in overrides are the same alarm.
  - An alarm of an override replaces nothing: a component has its own alarms and no others.
"""
import argparse
from datetime import datetime, timedelta, timezone

import oracle_series
from oracle_series import Reader, SystemZone, Value, duration, read_components, show

UTC = timezone.utc
KNOWN = ("AUDIO", "DISPLAY", "EMAIL")


def text_of(component, name):
    p = component.first(name)
    return p.value.strip() if p else ""


class Alarm:
    """A VALARM that can trigger by time."""

    def __init__(self, component, siblings, reader):
        trigger = component.first("TRIGGER")
        self.component = component
        self.action = text_of(component, "ACTION").upper() or "DISPLAY"
        self.trigger = trigger.value.strip()
        self.absolute = None
        if trigger.params.get("VALUE", "").upper() == "DATE-TIME":
            self.absolute = reader.value(trigger, self.trigger).instant()
        self.related = trigger.params.get("RELATED", "START").upper()
        self.offset = (0, timedelta(0)) if self.absolute else duration(self.trigger)
        self.times, self.delay = 0, (0, timedelta(0))
        if component.first("REPEAT") and component.first("DURATION"):
            self.times = int(text_of(component, "REPEAT"))
            self.delay = duration(text_of(component, "DURATION"))
        self.acknowledged = self.acknowledgement(component, siblings, reader)
        self.key = (self.absolute, self.action, text_of(component, "UID") or
                    text_of(component, "DESCRIPTION"))

    @staticmethod
    def acknowledgement(component, siblings, reader):
        """ACKNOWLEDGED, its own or that of the alarm that it snoozes (RFC 9074, 7)."""
        found = [component]
        for p in component.all("RELATED-TO"):
            if p.params.get("RELTYPE", "").upper() == "SNOOZE":
                found += [s for s in siblings if text_of(s, "UID") == p.value.strip()]
        times = [reader.value(p, p.value).instant()
                 for c in found for p in c.all("ACKNOWLEDGED")]
        return max(times) if times else None

    def moment(self, anchor, n):
        """Its n-th repetition from a Value."""
        days = self.offset[0] + n * self.delay[0]
        exact = self.offset[1] + n * self.delay[1]
        if self.absolute:
            return self.absolute + timedelta(days=days) + exact
        if days:
            # A time that is skipped is the one with the offset before it (3.3.5), and
            # days are counted from there.
            local = anchor.local if anchor.is_date else anchor.zone.to_local(anchor.instant())
            return anchor.zone.to_utc(local + timedelta(days=days)) + exact
        return anchor.instant() + exact

    def moments(self, anchor):
        for n in range(self.times + 1):
            t = self.moment(anchor, n)
            if self.acknowledged is None or t > self.acknowledged:
                yield n, t


def alarms_of(component, reader):
    siblings = [c for c in component.children if c.name == "VALARM"]
    return [Alarm(c, siblings, reader) for c in siblings
            if (text_of(c, "ACTION").upper() or "DISPLAY") in KNOWN
            and not c.first("PROXIMITY") and c.first("TRIGGER")]


def is_silent(component):
    status = text_of(component, "STATUS").upper()
    if status == "CANCELLED":
        return True
    return component.name == "VTODO" and (
        status == "COMPLETED" or component.first("COMPLETED") is not None
        or text_of(component, "PERCENT-COMPLETE") == "100")


def anchor_of(instance, related, reader):
    start = instance.start
    if related != "END":
        return start
    component = instance.component
    if component.name == "VTODO" and start.is_date:
        # 3.8.2.3: DUE is when it is due; a DATE lasts no further day here.
        first, due = component.first("DTSTART"), component.first("DUE")
        days = 0
        if first and due:
            days = (reader.value(due, due.value).local -
                    reader.value(first, first.value).local).days
        elif component.first("DURATION"):
            days = duration(component.first("DURATION").value)[0]
        return start.at(start.local + timedelta(days=days))
    end = instance.length.end(start)
    if isinstance(end, Value):
        return end
    p = component.first("DTEND") or component.first("DUE")
    zone = reader.value(p, p.value).zone if p else start.zone
    return Whole(zone, end)


class Whole(Value):
    """An instant that is known before its local time, which may come twice."""

    def __init__(self, zone, instant):
        super().__init__(zone.to_local(instant), zone, False)
        self.known = instant

    def instant(self):
        return self.known


def duration_days(component, reader):
    """At least the days between an occurrence and any alarm of it."""
    most = 2
    for c in [component] + component.children:
        for p in c.all("DURATION") + c.all("TRIGGER"):
            if "P" in p.value:
                days, exact = duration(p.value)
                times = int(text_of(c, "REPEAT") or 0) + 1
                most += times * (abs(days) + abs(exact).days + 1)
    first, end = component.first("DTSTART"), component.first("DTEND") or component.first("DUE")
    if first and end:
        most += abs((reader.value(end, end.value).instant() -
                     reader.value(first, first.value).instant()).days) + 1
    return most


def group_alarms(masters, overrides, reader, start, to):
    """(moment, instance, alarm, n) of one UID."""
    components = masters + overrides
    far = max(duration_days(c, reader) for c in components)
    if any(a.absolute for c in components for a in alarms_of(c, reader)):
        far += 15 * 366         # the next occurrence after it
    until = min(to + timedelta(days=far), datetime(9998, 1, 1, tzinfo=UTC))
    instances = oracle_series.series(masters, overrides, reader, "instance", until)
    instances.sort(key=lambda i: (i.start.instant(), i.end_instant()))
    for i in instances:
        if is_silent(i.component):
            continue
        for alarm in alarms_of(i.component, reader):
            if not alarm.absolute:
                for n, t in alarm.moments(anchor_of(i, alarm.related, reader)):
                    yield t, i, alarm, n
    yield from absolute_alarms(components, instances, reader)


def absolute_alarms(components, instances, reader):
    loud = [i for i in instances if not is_silent(i.component)]
    of = {}
    for c in components:
        mine = [i for i in instances if i.component is c]
        for alarm in alarms_of(c, reader):
            if alarm.absolute and (mine or not c.first("RECURRENCE-ID")):
                of.setdefault(alarm.key, []).append((c, alarm))
    for copies in of.values():
        acknowledged = [a.acknowledged for _, a in copies if a.acknowledged]
        for c, alarm in copies:
            i = occurrence_of(c, alarm, instances, loud)
            if not i:
                continue
            alarm.acknowledged = max(acknowledged) if acknowledged else None
            for n, t in alarm.moments(None):
                yield t, i, alarm, n
            break


def occurrence_of(component, alarm, instances, loud):
    if is_silent(component):
        return None
    if component.first("RECURRENCE-ID"):
        rid = component.first("RECURRENCE-ID").value
        own = [i for i in instances if i.component is component]
        exact = [i for i in own if rid and i.recurrence_id.local ==
                 oracle_series.oracle_rule.parse_time(rid.rstrip("Z"))]
        return (exact or own or [None])[0]
    later = [i for i in loud if i.end_instant() > alarm.absolute
             or i.start.instant() >= alarm.absolute]
    return later[0] if later else loud[-1] if loud else None


def groups_of(calendar):
    groups = {}
    for i, c in enumerate(calendar.children):
        if c.name not in ("VEVENT", "VTODO"):
            continue
        uid = text_of(c, "UID") or "\0%d" % i
        masters, overrides = groups.setdefault((c.name, uid), ([], []))
        (overrides if c.first("RECURRENCE-ID") else masters).append(c)
    return groups.values()


def due_only(component, reader):
    """A task that has no start stands at its DUE (3.6.2)."""
    p = component.first("DUE")
    value = reader.value(p, p.value)
    return oracle_series.Instance(value, oracle_series.Length(1 if value.is_date else 0),
                                  text_of(component, "UID"), None, component)


def undated(component, reader, zone):
    """Absolute alarms need no date."""
    for alarm in alarms_of(component, reader):
        if alarm.absolute and not is_silent(component):
            for n, t in alarm.moments(None):
                yield t, (show(t, zone), text_of(component, "UID"), "", "", alarm.action,
                          alarm.trigger, str(n))


def expand(data, zone_name, start, to):
    """Rows of the alarms in [start, to), sorted."""
    zone = SystemZone(zone_name)
    root = read_components(data)
    found = []
    for calendar in [c for c in root.children if c.name == "VCALENDAR"] or [root]:
        reader = Reader(calendar, zone)
        for masters, overrides in groups_of(calendar):
            placed = [m for m in masters if m.first("DTSTART")]
            made = list(group_alarms(placed, overrides, reader, start, to)
                        if placed or overrides else [])
            for m in masters:
                if m.first("DTSTART"):
                    continue
                if not m.first("DUE"):
                    found += undated(m, reader, zone)
                    continue
                i = due_only(m, reader)
                for a in alarms_of(m, reader):
                    if not is_silent(m):
                        made += [(t, i, a, n) for n, t in a.moments(i.start)]
            for t, i, alarm, n in made:
                rid = show(i.recurrence_id, zone) if i.recurrence_id else ""
                found.append((t, (show(t, zone), i.uid, show(i.start, zone), rid,
                                  alarm.action, alarm.trigger, str(n))))
    return [row for t, row in sorted(found) if start <= t < to]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("-f", "--from", dest="start", required=True)
    p.add_argument("-t", "--to", required=True)
    p.add_argument("-z", "--tz", default="UTC")
    p.add_argument("files", nargs="+")
    args = p.parse_args()
    zone = SystemZone(args.tz)
    for name in args.files:
        with open(name, "rb") as f:
            for row in expand(f.read(), args.tz, oracle_series.parse_when(args.start, zone),
                              oracle_series.parse_when(args.to, zone)):
                print("\t".join(row))


if __name__ == "__main__":
    main()
