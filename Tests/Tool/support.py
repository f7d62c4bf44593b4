"""Runs the tool `zmq` as processes, with limits on every wait."""

import os
import queue
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

BINARY = ""
# A program for Windows, inside Wine.
IS_WINDOWS = False
PATIENCE = 20


def transports():
    """Those between processes that the program has."""
    return ("tcp",) if IS_WINDOWS else ("tcp", "ipc")


def not_on_windows(why):
    """For a test of what there is not on Windows, or not in Wine."""
    return lambda test: lambda case: case.skipTest(why) if IS_WINDOWS else test(case)


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A running `zmq`, its lines of output as they come."""

    def __init__(self, arguments, stdin=subprocess.PIPE):
        self.process = subprocess.Popen(
            [BINARY, *arguments], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.readers = []
        self.out = self._lines(self.process.stdout)
        self.err = self._lines(self.process.stderr)

    def _lines(self, stream):
        lines = queue.Queue()

        def read():
            for line in stream:
                lines.put(line.rstrip(b"\n"))
            lines.put(None)

        self.readers.append(threading.Thread(target=read, daemon=True))
        self.readers[-1].start()
        return lines

    def send(self, *lines):
        for line in lines:
            self.process.stdin.write(line if isinstance(line, bytes) else line.encode())
            self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def end_input(self):
        self.process.stdin.close()

    def line(self):
        """The next line of standard output as text; None at its end."""
        return self._next(self.out)

    @staticmethod
    def _next(lines):
        line = lines.get(timeout=PATIENCE)
        if line is None:
            lines.put(None)
            return None
        return line.decode()

    def has_line(self):
        return not self.out.empty()

    def lines(self, count):
        return [self.line() for _ in range(count)]

    def rest(self):
        return list(iter(self.line, None))

    def error_line(self):
        return self._next(self.err)

    def bound(self):
        """The endpoint of the next `bound ENDPOINT` line."""
        line = self.error_line()
        assert line is not None and line.startswith("bound "), line
        return line[len("bound "):]

    def errors(self):
        return list(iter(self.error_line, None))

    def signal(self, number=signal.SIGINT):
        self.process.send_signal(number)

    def wait(self):
        return self.process.wait(timeout=PATIENCE)

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=PATIENCE)
        for reader in self.readers:
            reader.join(timeout=PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                if stream:
                    stream.close()
            except (BrokenPipeError, ValueError):
                pass


class ToolCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="zmq-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self._endpoints = 0

    def endpoint(self):
        """An endpoint between processes that nobody else uses: ipc where there is that."""
        if IS_WINDOWS:
            return f"tcp://127.0.0.1:{free_port()}"
        self._endpoints += 1
        return f"ipc://{self.folder}/{self._endpoints}"

    def start(self, *arguments, stdin=subprocess.PIPE):
        running = Running(arguments, stdin)
        self.addCleanup(running.stop)
        return running

    def run_tool(self, *arguments, text=b""):
        """Runs to the end; returns exit status, output and errors."""
        done = subprocess.run(
            [BINARY, *arguments], input=text if isinstance(text, bytes) else text.encode(),
            capture_output=True, timeout=PATIENCE, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def assert_ends(self, running, status=0):
        self.assertEqual(running.wait(), status, running.errors())

    def assert_error(self, result, *parts):
        """Exit status 1 and one line on standard error that has all the parts."""
        status, out, err = result
        self.assertEqual((status, out), (1, ""), err)
        self.assertEqual(err.count("\n"), 1, err)
        self.assertTrue(err.startswith("zmq: "), err)
        for part in parts:
            self.assertIn(part, err)

    def wait_for_socket(self, endpoint):
        """Waits until an endpoint is there."""
        waiting = threading.Event()
        for _ in range(PATIENCE * 100):
            if self._is_there(endpoint):
                return
            waiting.wait(0.01)
        self.fail(f"{endpoint} does not appear")

    @staticmethod
    def _is_there(endpoint):
        if endpoint.startswith("ipc://"):
            return os.path.exists(endpoint.removeprefix("ipc://"))
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", int(endpoint.rsplit(":", 1)[1]))) == 0
