"""Runs commands and compares what they wrote, byte for byte.

Shared by run (the *.test files) and man-examples (EXAMPLES of the manuals).
"""
import difflib
import os
import re
import shutil
import subprocess
import tempfile

TIMEOUT = 120
ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))


def show(data):
    """Bytes as one readable line: control characters as their pictures, bytes
    that are no UTF-8 (and blanks at the end) as ⟨HH⟩."""
    def escape(raw):
        return "".join(f"⟨{byte:02X}⟩" for byte in raw)

    out = []
    for char in data.decode("utf-8", "surrogateescape"):
        code = ord(char)
        if code < 0x20:
            out.append(chr(0x2400 + code))
        elif code == 0x7f:
            out.append("␡")
        elif 0xDC80 <= code <= 0xDCFF:
            out.append(escape([code - 0xDC00]))
        elif (0x2400 <= code <= 0x2424 or char in "⟨⟩"
              or 0x80 <= code < 0xA0 or code in (0xFEFF, 0x2028, 0x2029)):
            out.append(escape(char.encode()))
        else:
            out.append(char)
    text = "".join(out)
    return text[:-1] + "⟨20⟩" if text.endswith(" ") else text


def unshow(text):
    """The bytes of a line that show() wrote, or that a person did."""
    out = bytearray()
    for part in re.split(r"(⟨[0-9A-F]{2}⟩)", text):
        if re.fullmatch(r"⟨[0-9A-F]{2}⟩", part):
            out.append(int(part[1:3], 16))
        else:
            part = re.sub("[\u2400-\u241f]",
                          lambda m: chr(ord(m.group(0)) - 0x2400), part)
            out += part.replace("␡", "\x7f").encode()
    return bytes(out)


def to_lines(data):
    """Shown lines of a stream; one without newline at the end says so."""
    if not data:
        return []
    lines = data.split(b"\n")
    last = lines.pop()
    shown = [show(line) for line in lines]
    return shown + [show(last) + NO_NEWLINE] if last else shown


NO_NEWLINE = "⟨no newline⟩"


def from_lines(lines):
    """The bytes of shown lines."""
    out = b""
    for line in lines:
        if line.endswith(NO_NEWLINE):
            out += unshow(line[:-len(NO_NEWLINE)])
        else:
            out += unshow(line) + b"\n"
    return out


def environment(extra=()):
    """What every command sees: nothing of the user's own settings."""
    env = {key: value for key, value in os.environ.items()
           if key.startswith(("ASAN_", "UBSAN_", "LSAN_", "LLVM_", "GCOV_"))}
    bin_dir = os.path.realpath(
        os.path.join(ROOT, os.environ.get("KALENDS_BIN", "build/bin")))
    env.update(PATH=bin_dir + ":/usr/local/bin:/usr/bin:/bin", TZ="UTC",
               LC_ALL="C", TERM="dumb", KALENDS_BIN=bin_dir, SRC=ROOT,
               DATA=ROOT + "/tests/golden/data", OFFICE=ROOT + "/share/office")
    env.update(extra)
    return env


def run_command(command, stdin, folder, merge=False):
    """(stdout, stderr, status); merged output comes as stdout."""
    home = {"HOME": folder, "TMPDIR": folder}
    with subprocess.Popen(
            ["/bin/sh", "-c", command], cwd=folder, env=environment(home),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merge else subprocess.PIPE,
            start_new_session=True) as process:
        try:
            out, err = process.communicate(stdin, TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            out, err = process.communicate()
            return out, (err or b"") + b"golden: killed after %d s\n" % TIMEOUT, 137
    status = process.returncode
    return out, err or b"", status if status >= 0 else 128 - status


class Folder:
    """A fresh folder for a case, removed afterwards."""

    def __init__(self):
        self.path = ""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="golden-")
        return self.path

    def __exit__(self, *_):
        subprocess.run(["chmod", "-R", "u+rwX", self.path], check=False,
                       stderr=subprocess.DEVNULL)
        shutil.rmtree(self.path, ignore_errors=True)


def diff(wanted, found):
    """The lines of a unified diff without its head."""
    lines = difflib.unified_diff(wanted, found, "wanted", "found", "", "", 2, "")
    return [f"    {line}" for line in lines]
