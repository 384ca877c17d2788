"""
Talks to a driver program: one request a line on its stdin,

    school TAB dtstart TAB RRULE text TAB from or "-" TAB max

one answer a line: comma-joined local times, or "error: message". A driver that does not
answer in time is ended and started anew.
"""
import os
import select
import subprocess
import time


def default_path(name):
    build = os.environ.get("KALENDS_BUILD", "build")
    return os.path.join(build, "property", name)


class Driver:
    def __init__(self, path, patience=3.0):
        self.path = path
        self.patience = patience
        self.process = None

    def start(self):
        self.process = subprocess.Popen([self.path], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, bufsize=0)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None

    def ask(self, school, dtstart, rule, start, maximum):
        """(answer line, seconds)"""
        if not self.process:
            self.start()
        line = "%s\t%s\t%s\t%s\t%d\n" % (school, dtstart, rule, start or "-", maximum)
        began = time.perf_counter()
        try:
            self.process.stdin.write(line.encode())
            answer = self.read_line(began)
        except BrokenPipeError:
            answer = None
        took = time.perf_counter() - began
        if answer is None:
            status = self.process.poll()
            self.stop()
            if status is None and took >= self.patience:
                return "error: no answer in %g s" % self.patience, took
            return "error: the driver ended (status %s)" % status, took
        return answer, took

    def read_line(self, began):
        data = b""
        while not data.endswith(b"\n"):
            left = self.patience - (time.perf_counter() - began)
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            chunk = os.read(self.process.stdout.fileno(), 1 << 16)
            if not chunk:
                self.process.wait()
                return None
            data += chunk
        return data.decode().rstrip("\n")


def times(answer):
    return [t for t in answer.split(",") if t]
