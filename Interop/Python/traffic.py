"""Numbered messages and the judge of them; the layout is described in CTraffic/include/traffic.h.

Written on its own, not over the C sources: two makers of the same bytes check each other.
"""

import struct
import zlib

PERIOD = 251
HEADER = 24
BEACON = b"!"

_pattern = bytes(i % PERIOD for i in range(PERIOD * 64))


def _pattern_from(start, size):
    global _pattern
    while len(_pattern) < start + size:
        _pattern += _pattern
    return _pattern[start : start + size]


def _seed(sequence, frame):
    return (31 * sequence + 7 * frame) % PERIOD


def _header(size, sequence, frame, frames):
    first = struct.pack("<QII", sequence, frame, frames)
    return first + struct.pack("<II", zlib.crc32(first), size)


def body(size, sequence, frame, frames):
    if size < HEADER:
        return _pattern_from(_seed(sequence, frame), size)
    start = (_seed(sequence, frame) + HEADER) % PERIOD
    return _header(size, sequence, frame, frames) + _pattern_from(start, size - HEADER)


def sequence_in(data):
    if len(data) < HEADER:
        return None
    if zlib.crc32(data[:16]) != struct.unpack_from("<I", data, 16)[0]:
        return None
    return struct.unpack_from("<Q", data)[0]


class Shape:
    """The key=value words of a traffic command."""

    def __init__(self, options):
        count = options.get("count", "1")
        self.count = None if count == "all" else int(count)
        self.first = int(options["first"]) if "first" in options else None
        self.sizes = [int(n) for n in options.get("size", "32").split(",")]
        self.frame_counts = [int(n) for n in options.get("frames", "1").split(",")]
        self.keys = [k.encode() for k in options.get("keys", "").split(",") if k]
        self.to = bytes.fromhex(options.get("to", ""))
        self.sabotage = options.get("sabotage", "")
        for name in ("delim", "gaps", "retry", "envelope", "pace", "delay", "extra"):
            setattr(self, name, int(options.get(name, 0)))
        self.timeout = int(options.get("timeout", 10000))
        self.idle = int(options.get("idle", 3000))

    def size(self, sequence, frame):
        return self.sizes[(sequence + frame) % len(self.sizes)]

    def frames(self, sequence):
        return self.frame_counts[sequence % len(self.frame_counts)]

    def place(self, index):
        """The sequence number and key of the message at `index` of this command."""
        if not self.keys:
            return (self.first or 0) + index, b""
        return (self.first or 0) + index // len(self.keys), self.keys[index % len(self.keys)]

    def message(self, sequence, key):
        frames = self.frames(sequence)
        parts = [body(self.size(sequence, f), sequence, f, frames) for f in range(frames)]
        parts[0] = key + parts[0]
        if self.delim:
            parts.insert(0, b"")
        if self.to:
            parts.insert(0, self.to)
        return parts


class Tracker:
    """One stream of numbered messages as its receiver saw it."""

    def __init__(self, first):
        self.base = first
        self.next = first or 0
        self.first_seen = None
        self.got = self.distinct = self.duplicate = self.disorder = self.corrupt = 0
        self.seen = set()

    def add(self, sequence, intact):
        if self.got == 0:
            self.first_seen = sequence
        self.got += 1
        if self.base is None:
            self.base = self.next = sequence
        if not intact or sequence < self.base:
            self.corrupt += 1
        if sequence < self.base:
            return
        if sequence == self.next:
            self.distinct += 1
            self.next += 1
            self.seen.add(sequence)
        elif sequence in self.seen:
            self.duplicate += 1
        else:
            self.distinct += 1
            self.seen.add(sequence)
            if sequence < self.next:
                self.disorder += 1
            else:
                self.next = sequence + 1

    def lost(self):
        return self.next - (self.base or 0) - self.distinct


class Judge:
    """What came in, against what was to come in."""

    def __init__(self, shape):
        self.shape = shape
        self.trackers = [Tracker(shape.first) for _ in (shape.keys or [b""])]
        self.got = 0
        self.sender = b""
        self.note = ""

    def _damaged(self, note):
        self.note = note
        self.trackers[0].corrupt += 1
        self.got += 1

    def message(self, parts):
        shape = self.shape
        skip = shape.envelope + shape.delim
        if len(parts) <= skip or (shape.delim and parts[skip - 1] != b""):
            return self._damaged("envelope_wrong_in_%d_frames" % len(parts))
        if shape.envelope:
            self.sender = parts[0]
        bodies = parts[skip:]
        index = 0
        if shape.keys:
            key = next((k for k in shape.keys if bodies[0].startswith(k)), None)
            if key is None:
                if not bodies[0].startswith(BEACON):
                    self._damaged("unknown_key")
                return
            index = shape.keys.index(key)
            bodies[0] = bodies[0][len(key) :]
        tracker = self.trackers[index]
        numbers = (sequence_in(b) for b in bodies)
        sequence = next((n for n in numbers if n is not None), tracker.next)
        tracker.add(sequence, self._intact(bodies, sequence))
        self.got += 1

    def _intact(self, bodies, sequence):
        shape = self.shape
        wanted = shape.frames(sequence)
        if len(bodies) != wanted:
            self.note = "message_%d_has_%d_frames_not_%d" % (sequence, len(bodies), wanted)
            return False
        for f, data in enumerate(bodies):
            size = shape.size(sequence, f)
            if len(data) != size:
                values = (sequence, f, len(data), size)
                self.note = "message_%d_frame_%d_has_%d_bytes_not_%d" % values
                return False
            if data != body(size, sequence, f, wanted):
                self.note = "message_%d_frame_%d_damaged" % (sequence, f)
                return False
        return True

    def bytes(self, data):
        tracker = self.trackers[0]
        sequence = sequence_in(data)
        if sequence is None:
            sequence = tracker.next
        good = data == body(self.shape.size(sequence, 0), sequence, 0, 1)
        if not good:
            self.note = "stream_damaged_at_%d" % sequence
        tracker.add(sequence, good)
        self.got += 1

    def report(self, ending=""):
        total = lambda name: sum(getattr(t, name) for t in self.trackers)
        lost = sum(t.lost() for t in self.trackers)
        bad = total("duplicate") or total("disorder") or total("corrupt")
        bad = bad or (lost and not self.shape.gaps)
        verdict = "err mismatch" if bad else "err" if ending else "ok"
        words = [verdict] + ([ending] if ending else [])
        words += ["got=%d" % self.got, "lost=%d" % lost, "dup=%d" % total("duplicate")]
        words += ["order=%d" % total("disorder"), "corrupt=%d" % total("corrupt")]
        for key, t in zip(self.shape.keys, self.trackers):
            k = key.decode()
            words.append("got.%s=%d lost.%s=%d" % (k, t.got, k, t.lost()))
            first, last = (t.first_seen, t.next - 1) if t.got else (-1, -1)
            words.append("first.%s=%d last.%s=%d" % (k, first, k, last))
        if self.sender:
            words.append("from=" + self.sender.hex())
        if self.note:
            words.append("note=" + self.note)
        return " ".join(words)
