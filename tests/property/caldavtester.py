"""
Free/busy expectations of CalDAVTester (corpora, freebusy/ccs-caldavtester-tsv): a script of
PUTs into collections and of questions with the periods that must come out.

    checks(corpora) yields (name, [calendar bytes], zone, start, end, expected spans) for each
    question that a set of calendars and an owner's zone can answer.

Left out: what only the sharing of one resource between users explains (a user's own data in
another's calendar), collections of several zones at once, Apple's travel time, and the one
question whose Depth, which the tables do not have, is not infinity.
"""
import csv
import os
import re
from datetime import datetime, timedelta, timezone

UTC = timezone.utc
NOW = datetime(2026, 11, 23)
SCRIPTS = {
    "freebusy": None, "timezones": None, "depthreports": None, "floating": None,
    "sharing-freebusy": "$userid1:",        # as long as nobody else has written
}
OTHER_DEPTH = {"depthreports:30"}
ZONES = {"$calendarhome1:/calendar-us": "America/New_York"}
TYPES = {"busy": "busy", "tentative": "tentative", "unavailable": "unavailable"}


def substitute(text):
    text = re.sub(r"\$now\.year\.(-?\d+):", lambda m: str(NOW.year + int(m.group(1))), text)
    text = re.sub(r"\$now\.(-?\d+):",
                  lambda m: (NOW + timedelta(days=int(m.group(1)))).strftime("%Y%m%d"), text)
    return re.sub(r"\$(\w+):", r"\1", text)


class Resources:
    def __init__(self, corpora):
        self.corpora = corpora

    def text(self, name):
        for group in ("freebusy", "recur", "itip", "realworld"):
            path = os.path.join(self.corpora, group, "apple__ccs-caldavtester", name)
            if os.path.exists(path):
                with open(path, encoding="utf-8") as f:
                    return substitute(f.read())
        return None


def instant(text):
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def window(text):
    """The range of a REPORT or of a VFREEBUSY request."""
    found = re.search(r'time-range[^>]*start="(\w+)"[^>]*end="(\w+)"', text)
    if not found:
        found = re.search(r"(?s)BEGIN:VFREEBUSY.*?DTSTART:(\w+).*?DTEND:(\w+)", text)
    return (instant(found.group(1)), instant(found.group(2))) if found else (None, None)


def days_of(claims):
    """The days of an answer whose question is not there."""
    if not claims:
        return None, None
    first, last = min(c[0] for c in claims), max(c[1] for c in claims)
    return (first.replace(hour=0, minute=0),
            last.replace(hour=0, minute=0) + timedelta(days=1))


def overlaid(claims, start, end):
    """Claims of several types on one line of time, the highest counting, and joined."""
    order = ["tentative", "busy", "unavailable"]
    cuts = sorted({start, end} | {x for a, b, _ in claims for x in (a, b) if start < x < end})
    spans = []
    for a, b in zip(cuts, cuts[1:]):
        kinds = [k for s, e, k in claims if s <= a < e]
        if not kinds:
            continue
        kind = max(kinds, key=order.index)
        if spans and spans[-1][1] == a and spans[-1][2] == kind:
            a = spans.pop()[0]
        spans.append((a, b, kind))
    return spans


def expected(text):
    claims = []
    for part in substitute(text).split(";"):
        name, _, values = part.partition("=")
        for value in values.split(",") if name in TYPES and values else ():
            a, b = value.split("/")
            if b.startswith("P"):
                hours, minutes = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?", b).groups()
                end = instant(a) + timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
            else:
                end = instant(b)
            claims.append((instant(a), end, TYPES[name]))
    return claims


def rows_of(corpora, script):
    path = os.path.join(corpora, "freebusy", "ccs-caldavtester-tsv",
                        "scripts__tests__CalDAV__%s.tsv" % script)
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def collection_of(uri):
    return uri.rsplit("/", 1)[0]


def asked(row, held):
    """The resources that a question is about, by their collection; none where it is not a
    question that files can answer."""
    if row["callback"] == "postFreeBusy":
        if "attendee=$cuaddr1:" not in row["expected_args"]:
            return []
        return list(held)
    root = row["uri"].rstrip("/")
    return [uri for uri in held if uri.startswith(root + "/")]


def checks(corpora):
    resources = Resources(corpora)
    for script, only in SCRIPTS.items():
        held = {}
        for n, row in enumerate(rows_of(corpora, script)):
            if row["method"] == "PUT" and row["kind"] == "STEP":
                if only and row["user"] not in ("", only):
                    break
                held[row["uri"]] = resources.text(row["resource_file"])
            if row["kind"] != "CHECK" or not row["expected_args"]:
                continue
            uris = asked(row, held)
            zones = {ZONES.get(collection_of(u), "UTC") for u in uris}
            name = "%s:%d" % (script, n + 2)
            if not uris or len(zones) > 1 or None in held.values() or name in OTHER_DEPTH:
                continue
            # These answers are still of 2006, the calendars of next year.
            claims = expected(row["expected_args"].replace("2006", "$now.year.1:"))
            question = resources.text(row["resource_file"])
            start, end = window(question) if question else days_of(claims)
            if not start:
                continue
            yield (name, [held[u].encode() for u in uris], zones.pop(), start, end,
                   overlaid(claims, start, end))
