"""The servers as processes, and what they and their surroundings use of the processor."""

import json
import os
import socket
import subprocess
import time

# Whether each is a Windows program, and which loop it runs.
SERVERS = {
    "iocp": (True, ""), "wsapoll": (True, "poll"), "epoll": (False, ""), "poll": (False, "poll"),
}
# Not measured but when asked for: with packets for operations that are done at once.
OTHERS = {"packets": (True, "packets")}
TICKS = os.sysconf("SC_CLK_TCK")


def processor(pid):
    """Seconds a process has used; 0 when it has gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def busy():
    """Seconds all processors have worked."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, interrupts, soft = map(int, file.readline().split()[1:8])
    return (user + nice + system + interrupts + soft) / TICKS


def wine_server():
    """The process that serves the kernel's part to our prefix; None when there is none."""
    place = os.stat(os.environ["WINEPREFIX"])
    folder = f"server-{place.st_dev:x}-{place.st_ino:x}"
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/cwd").endswith(folder):
                with open(f"/proc/{pid}/comm", encoding="ascii") as file:
                    if file.read().startswith("wineserver"):
                        return int(pid)
        except OSError:
            continue
    return None


def place(is_load):
    """Where a process runs: the load on one processor, the server on another.

    Wine's own server is on that too: the two wait for each other at every call.
    """
    processors = sorted(os.sched_getaffinity(0))
    return {processors[0 if is_load else -1]}


class Server:
    """One server; it ends when its control connection does."""

    def __init__(self, build, name):
        self.build = build
        self.is_windows, loop = (SERVERS | OTHERS)[name]
        command = ["wine64", f"{build}/exe/ScaleServer.exe"]
        if not self.is_windows:
            command = [f"{build}/native/ScaleServer"]
        self.process = subprocess.Popen(
            command, env=dict(os.environ, SCALE_LOOP=loop),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, place(is_load=False)))
        words = self.process.stdout.readline().split()
        if words[:1] != ["listening"]:
            self.process.kill()
            raise SystemExit(f"{name}: no server: {words}")
        self.port = words[1]
        self.control = socket.create_connection(("127.0.0.1", int(words[2])))

    def measure(self, connections, milliseconds, rate):
        pids = [self.process.pid]
        if self.is_windows:
            pids += filter(None, [wine_server()])
            os.sched_setaffinity(pids[-1], place(is_load=False))
        start, before, all_before = time.monotonic(), sum(map(processor, pids)), busy()
        client = subprocess.Popen(
            [f"{self.build}/native/ScaleClient", self.port, str(connections), str(milliseconds),
             str(rate)], stdout=subprocess.PIPE, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, place(is_load=True)))
        text = client.stdout.read()
        _, _, usage = os.wait4(client.pid, 0)
        client.returncode = 0
        seconds = time.monotonic() - start
        own = sum(map(processor, pids)) - before
        others = busy() - all_before - own - usage.ru_utime - usage.ru_stime
        result = json.loads(text)
        for phase in ("saturated", "paced"):
            result[phase]["rate"] = result[phase]["messages"] / result[phase]["seconds"]
        messages = result["messages"]
        result.update(
            others=max(0.0, others / seconds), server_microseconds=own / max(1, messages) * 1e6)
        return result

    def end(self):
        """Ends the server: entries, operations and handles that are left."""
        self.control.close()
        try:
            words = self.process.communicate(timeout=30)[0].split()
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "it did not end"
        return [int(word) for word in words[1:]] if words[:1] == ["left"] else " ".join(words)


class Keeper:
    """A Windows program that idles, so that Wine need not start anew for each server."""

    def __init__(self, build):
        self.build = build

    def __enter__(self):
        self.server = Server(self.build, "iocp")
        return self

    def __exit__(self, *_):
        self.server.end()
