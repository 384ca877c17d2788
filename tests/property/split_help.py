"""What the tests of icssplit share: running it, and components as bytes."""
import os
import subprocess

BIN = os.environ.get("KALENDS_BIN", "build/bin")


def run(*command, env=None, **more):
    return subprocess.run(command, capture_output=True, check=False,
                          env=dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8", **(env or {})),
                          **more)


def icssplit(*args):
    done = run(f"{BIN}/icssplit", *args)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def components(data):
    """The top-level components of calendars as bytes, zones left out."""
    found, start, depth, at = [], None, 0, 0
    for line in data.splitlines(keepends=True):
        word = line.strip().upper()
        if word.startswith(b"BEGIN:") and word != b"BEGIN:VCALENDAR":
            if depth == 0:
                start = at
            depth += 1
        at += len(line)
        if word.startswith(b"END:") and word != b"END:VCALENDAR" and depth:
            depth -= 1
            if depth == 0 and word != b"END:VTIMEZONE":
                found.append(data[start:at].rstrip(b"\r\n"))
    return found
