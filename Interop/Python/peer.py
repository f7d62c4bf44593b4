"""The peer process over pyzmq; ../README.md describes the control protocol."""

import errno
import os
import select
import signal
import sys
import time

import zmq
from zmq.utils.monitor import parse_monitor_message

from raw import RawSocket
from traffic import Judge, Shape

NUMBERS = {
    "linger": zmq.LINGER, "sndhwm": zmq.SNDHWM, "rcvhwm": zmq.RCVHWM, "sndbuf": zmq.SNDBUF,
    "rcvbuf": zmq.RCVBUF, "ivl": zmq.RECONNECT_IVL, "hb": zmq.HEARTBEAT_IVL,
    "hbttl": zmq.HEARTBEAT_TTL, "hbto": zmq.HEARTBEAT_TIMEOUT,
    "mandatory": zmq.ROUTER_MANDATORY, "handover": zmq.ROUTER_HANDOVER,
    "probe": zmq.PROBE_ROUTER, "relaxed": zmq.REQ_RELAXED, "correlate": zmq.REQ_CORRELATE,
    "verbose": zmq.XPUB_VERBOSE, "verboser": zmq.XPUB_VERBOSER, "immediate": zmq.IMMEDIATE,
    "conflate": zmq.CONFLATE, "ipv6": zmq.IPV6,
}

context = zmq.Context()
sockets = {}


def word(error):
    return errno.errorcode.get(error.errno, "ETERM" if error.errno == zmq.ETERM else
                               "EFSM" if error.errno == zmq.EFSM else "OTHER")


class Socket:
    def __init__(self, kind, options):
        self.kind = kind
        self.zmq = context.socket(getattr(zmq, kind))
        self.stream = bytearray()
        self.connections = self.disconnections = 0
        for name, value in options.items():
            if name in NUMBERS:
                self.zmq.setsockopt(NUMBERS[name], int(value))
        if "id" in options:
            self.zmq.setsockopt(zmq.ROUTING_ID, options["id"].encode())
        self.monitor = None
        if kind != "STREAM":
            events = zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED
            self.monitor = self.zmq.get_monitor_socket(events)

    def read_monitor(self):
        self.zmq.getsockopt(zmq.EVENTS)
        while self.monitor.poll(0):
            event = parse_monitor_message(self.monitor.recv_multipart())["event"]
            self.connections += event == zmq.EVENT_HANDSHAKE_SUCCEEDED
            self.disconnections += event == zmq.EVENT_DISCONNECTED

    def close(self, linger=None):
        if self.monitor is not None:
            self.zmq.disable_monitor()
            self.monitor.close(0)
        self.zmq.close(linger)

    def send(self, parts, deadline):
        while True:
            try:
                return self.zmq.send_multipart(parts, zmq.DONTWAIT)
            except zmq.Again:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise
                # A ROUTER or STREAM is always writable, whether or not the peer in question has
                # room.
                if self.kind in ("ROUTER", "STREAM"):
                    time.sleep(0.0003)
                else:
                    self.zmq.poll(int(left * 1000) + 1, zmq.POLLOUT)

    def receive(self, deadline):
        while True:
            try:
                return self.zmq.recv_multipart(zmq.DONTWAIT)
            except zmq.Again:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise
                self.zmq.poll(int(left * 1000) + 1, zmq.POLLIN)


class Lines:
    """Standard input, with a look ahead."""

    def __init__(self):
        self.buffer = b""

    def pending(self):
        return b"\n" in self.buffer or bool(select.select([0], [], [], 0)[0])

    def next(self):
        while b"\n" not in self.buffer:
            while not select.select([0], [], [], 0.005)[0]:
                tend_sockets()
            data = os.read(0, 1 << 16)
            if not data:
                return None
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()


lines = Lines()


def tend_sockets():
    """libzmq attaches and detaches connections only inside calls on their socket: without this
    a quiet SUB would send no subscription to a new publisher."""
    for s in sockets.values():
        if isinstance(s, Socket):
            s.zmq.getsockopt(zmq.EVENTS)


def deadline_in(ms, end=None):
    at = time.monotonic() + ms / 1000
    return at if end is None else min(at, end)


def send_patiently(s, t, index, end, corrupt=False):
    parts = t.message(*t.place(index))
    if corrupt:
        parts[-1] = parts[-1][:-1] + bytes([parts[-1][-1] ^ 0x40])
    while True:
        try:
            return s.send(parts, deadline_in(t.idle, end))
        except zmq.ZMQError as e:
            if not t.retry or e.errno != errno.EHOSTUNREACH or time.monotonic() >= end:
                raise
            time.sleep(0.001)


def send_sabotaged(s, t, index, end):
    """Exactly one wrong thing, in the middle. Returns the index of the last message handled."""
    if t.sabotage == "drop":
        return index
    if t.sabotage == "hang":
        signal.pause()
    if t.sabotage == "crash":
        os.abort()
    if t.sabotage == "swap":
        send_patiently(s, t, index + 1, end)
        send_patiently(s, t, index, end)
        return index + 1
    if t.sabotage == "dup":
        send_patiently(s, t, index, end)
    send_patiently(s, t, index, end, t.sabotage == "corrupt")
    return index


def run_hello(options):
    return "ok peer=pyzmq version=%s pyzmq=%s" % (zmq.zmq_version(), zmq.__version__)


def run_open(name, kind, options):
    sockets[name] = RawSocket() if kind == "RAW" else Socket(kind, options)
    return "ok"


def run_bind(name, endpoint, options):
    s = sockets[name]
    if isinstance(s, RawSocket):
        return "ok endpoint=" + s.bind(endpoint)
    s.zmq.bind(endpoint)
    return "ok endpoint=" + s.zmq.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()


def run_connect(name, endpoint, options):
    s = sockets[name]
    s.connect(endpoint) if isinstance(s, RawSocket) else s.zmq.connect(endpoint)
    return "ok"


def run_unbind(name, endpoint, options):
    sockets[name].zmq.unbind(endpoint)
    return "ok"


def run_disconnect(name, endpoint, options):
    sockets[name].zmq.disconnect(endpoint)
    return "ok"


def change_subscription(name, topic, add):
    s = sockets[name]
    if s.kind == "XSUB":
        s.zmq.send((b"\1" if add else b"\0") + topic.encode())
    else:
        s.zmq.setsockopt(zmq.SUBSCRIBE if add else zmq.UNSUBSCRIBE, topic.encode())
    return "ok"


def run_sub(name, topic="", options=None):
    return change_subscription(name, topic, True)


def run_unsub(name, topic="", options=None):
    return change_subscription(name, topic, False)


def run_send(name, options):
    s, t = sockets[name], Shape(options)
    start = time.monotonic()
    end = deadline_in(t.timeout)
    index = 0
    middle = t.count // 2 if t.sabotage else None
    try:
        if isinstance(s, RawSocket) or s.kind == "STREAM":
            return send_stream(s, t, end)
        while index < t.count:
            if index == middle:
                index = send_sabotaged(s, t, index, end)
            else:
                send_patiently(s, t, index, end)
            index += 1
            if t.pace:
                time.sleep(t.pace / 1e6)
    except zmq.ZMQError as e:
        return "err %s sent=%d" % (word(e), index)
    return "ok sent=%d ms=%d" % (t.count, (time.monotonic() - start) * 1000)


def send_stream(s, t, end):
    for index in range(t.count):
        sequence = t.place(index)[0]
        data = t.message(sequence, b"")[-1]
        s.send(data if isinstance(s, RawSocket) else [t.to, data], end)
    return "ok sent=%d" % t.count


def run_pump(name, options):
    s, t = sockets[name], Shape(options)
    end = deadline_in(t.timeout)
    sent = 0
    try:
        while not lines.pending() and time.monotonic() < end:
            send_patiently(s, t, sent, end)
            sent += 1
            time.sleep((t.pace or 100) / 1e6)
    except zmq.ZMQError as e:
        return "err %s sent=%d" % (word(e), sent)
    return "ok sent=%d" % sent


def run_recv(name, options):
    s, t = sockets[name], Shape(options)
    judge = Judge(t)
    end = deadline_in(t.timeout)
    try:
        if isinstance(s, RawSocket) or s.kind == "STREAM":
            return receive_stream(s, t, judge, end)
        while t.count is None or judge.got < t.count:
            judge.message(s.receive(deadline_in(t.idle, end)))
    except zmq.Again:
        return judge.report("" if t.count is None else "timeout")
    except zmq.ZMQError as e:
        return judge.report(word(e))
    try:
        while t.extra:
            judge.message(s.receive(deadline_in(t.extra)))
    except zmq.Again:
        pass
    return judge.report("toomany" if judge.got > t.count else "")


def receive_stream(s, t, judge, end):
    while judge.got < t.count:
        wanted = t.size((t.first or 0) + judge.got, 0)
        if isinstance(s, RawSocket):
            try:
                judge.bytes(s.receive(wanted, end))
            except (TimeoutError, OSError):
                return judge.report("timeout")
            continue
        while len(s.stream) < wanted:
            parts = s.receive(end)
            if len(parts) != 2:
                return judge.report("notwoframes")
            s.stream += parts[1]
        judge.bytes(bytes(s.stream[:wanted]))
        del s.stream[:wanted]
    return judge.report()


def run_echo(name, options):
    s, t = sockets[name], Shape(options)
    end = deadline_in(t.timeout)
    done = 0
    try:
        while done < t.count:
            parts = s.receive(deadline_in(t.idle, end))
            time.sleep(t.delay / 1000) if t.delay else None
            s.send(parts, deadline_in(t.idle, end))
            done += 1
    except zmq.ZMQError as e:
        return "err %s echoed=%d" % ("timeout" if e.errno == zmq.EAGAIN else word(e), done)
    return "ok echoed=%d" % done


def run_ask(name, options):
    s, t = sockets[name], Shape(options)
    judge = Judge(t)
    end = deadline_in(t.timeout)
    try:
        for index in range(t.count):
            send_patiently(s, t, index, end)
            judge.message(s.receive(deadline_in(t.idle, end)))
    except zmq.ZMQError as e:
        return judge.report("timeout" if e.errno == zmq.EAGAIN else word(e))
    return judge.report()


def run_put(name, frames, options):
    s = sockets[name]
    parts = [bytes.fromhex(f) for f in frames.split(",")]
    end = deadline_in(int(options.get("timeout", 3000)))
    if isinstance(s, RawSocket):
        s.send(parts[0], end)
    else:
        s.send(parts, end)
    return "ok"


def run_take(name, options):
    s = sockets[name]
    end = deadline_in(int(options.get("timeout", 3000)))
    if isinstance(s, RawSocket):
        return "ok frames=" if s.at_end(end) else "err notclosed"
    return "ok frames=" + ",".join(p.hex() for p in s.receive(end))


def run_stats(name, options):
    s = sockets[name]
    s.read_monitor()
    return "ok connections=%d disconnections=%d" % (s.connections, s.disconnections)


def run_close(name, options):
    s = sockets.pop(name)
    linger = int(options["linger"]) if "linger" in options else None
    s.close() if isinstance(s, RawSocket) else s.close(linger)
    return "ok"


def run_halt(options):
    return "ok"


def run_nap(options):
    time.sleep(int(options.get("ms", 0)) / 1000)
    return "ok"


def run(line):
    words = line.split()
    command = globals().get("run_" + words[0]) if words else None
    if command is None:
        return "err usage"
    options = dict(w.split("=", 1) for w in words[1:] if "=" in w)
    try:
        return command(*(w for w in words[1:] if "=" not in w), options=options)
    except zmq.ZMQError as e:
        return "err " + word(e)
    except TimeoutError:
        return "err EAGAIN"
    except KeyError:
        return "err nosocket"
    except (OSError, TypeError, ValueError, AttributeError) as e:
        return "err OTHER " + repr(e).replace(" ", "_")


def main():
    while (line := lines.next()) is not None:
        if line.startswith("quit"):
            for s in sockets.values():
                s.close()
            context.term()
            print("ok", flush=True)
            return
        print(run(line), flush=True)
    # The coordinator is gone: nothing is worth waiting for.
    os._exit(0)


main()
