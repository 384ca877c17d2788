"""
What the checks of other projects' vectors share: reading them, times, counting outcomes.
"""
import collections
import os
import re
import subprocess
import tempfile
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import oracle_rule
import oracle_series
from oracle_rule import format_time, parse_time

UTC = timezone.utc
HERE = os.path.dirname(os.path.abspath(__file__))

# The files' local times are compared: a TZID that only their VTIMEZONE explains is replaced
# by this zone, so that -z can ask for the same local times.
STAND_IN = "America/New_York"


def read_tsv(path):
    with open(path, encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        for line in f:
            yield dict(zip(head, line.rstrip("\n").split("\t") + [""] * len(head)))


def plain(t):
    """A time without its Z or offset."""
    return re.sub(r"(Z|[+-]\d{4})$", "", t.strip())


def read_reasons(name, column="reason"):
    return {row["id"]: row[column] for row in read_tsv(os.path.join(HERE, name))}


class Outcome:
    def __init__(self, deviations, verbose):
        self.deviations, self.verbose = deviations, verbose
        self.counts = collections.Counter()
        self.used, self.ran = set(), set()
        self.failed = 0

    def report(self, kind, key, why, detail=()):
        """why: None for a vector that agrees."""
        ident = "%s/%s" % (kind, key)
        self.ran.add(ident)
        if why is None:
            self.counts[kind, "right"] += 1
            return
        if ident in self.deviations:
            self.used.add(ident)
            self.counts[kind, "deviation"] += 1
            if not self.verbose:
                return
        else:
            self.counts[kind, "wrong"] += 1
            self.failed += 1
        print("%s: %s" % (ident, why))
        for line in detail:
            print("  " + line)

    def skip(self, kind, why):
        self.counts[kind, "skipped: " + why] += 1

    def finish(self, everything):
        for ident in sorted(set(self.deviations) - self.used):
            if everything or ident in self.ran:
                print("%s is in deviations.tsv, but %s" % (
                    ident, "no longer differs" if ident in self.ran else "is no vector"))
                self.failed += 1
        for (kind, what), n in sorted(self.counts.items()):
            print("%-42s %-32s %4d" % (kind, what, n))
        print("%d vectors, %d wrong" % (sum(self.counts.values()), self.failed))
        return 1 if self.failed else 0


class OracleDriver:
    def ask(self, school, dtstart, rule, start, maximum):
        try:
            found, _ = oracle_rule.instances(
                rule, parse_time(dtstart), school, parse_time(start) if start else None,
                maximum, None, oracle_rule.Budget(60000, 2000000))
        except oracle_rule.Invalid as e:
            return "error: %s" % e, 0.0
        return ",".join(format_time(t) for t in found), 0.0

    def stop(self):
        pass


def full(t):
    return t if "T" in t else t + "T000000"


class Expander:
    """Runs icsexpand, or the oracle, on the text of a calendar."""

    def __init__(self, program):
        self.program = program      # None: the oracle

    def starts(self, data, zone, start, to, school):
        """Local starts as YYYYMMDD or YYYYMMDDTHHMMSS, or an error message."""
        if not self.program:
            try:
                rows = oracle_series.expand(data, zone, school, start, to)
            except oracle_rule.Invalid as e:
                return "error: %s" % e
            lines = [r[0] for r in rows]
        else:
            with tempfile.NamedTemporaryFile(suffix=".ics") as f:
                f.write(data)
                f.flush()
                command = [self.program, "-c", "start", "-z", zone]
                if school == "rule":
                    command += ["--dtstart", "rule"]
                if start or to:
                    command += ["-f", when(start), "-t", when(to)]
                else:
                    command += ["--all"]
                run = subprocess.run(command + [f.name], capture_output=True, text=True,
                                     timeout=20, check=False)
            if run.returncode not in (0, 1):
                return "error: status %d, %s" % (run.returncode, run.stderr.strip())
            lines = run.stdout.splitlines()
        return [compact(line) for line in lines]


def when(t):
    return t.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def compact(t):
    m = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?", t)
    if not m:
        return "? " + t
    d = "".join(m.groups()[:3])
    return d + ("T" + "".join(m.groups()[3:]) if m.group(4) else "")


def local_instant(t, zone):
    try:
        return parse_time(full(t)).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return datetime(9998, 1, 1, tzinfo=UTC)
