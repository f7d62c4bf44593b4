"""A plain TCP socket in the place of a ZeroMQ one: the other end of STREAM."""

import select
import socket
import time


class RawSocket:
    def __init__(self):
        self.listener = None
        self.link = None
        self.buffer = bytearray()

    @staticmethod
    def _address(endpoint):
        host, port = endpoint.split("://", 1)[1].rsplit(":", 1)
        return host.strip("[]"), 0 if port == "*" else int(port)

    def bind(self, endpoint):
        host, port = self._address(endpoint)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.listener = socket.create_server((host, port), family=family)
        shown = "[%s]" % host if family == socket.AF_INET6 else host
        return "tcp://%s:%d" % (shown, self.listener.getsockname()[1])

    def connect(self, endpoint):
        self.link = socket.create_connection(self._address(endpoint), timeout=5)

    def _linked(self, deadline):
        if self.link is None and self.listener is not None:
            self.listener.settimeout(max(0.01, deadline - time.monotonic()))
            self.link = self.listener.accept()[0]
        return self.link

    def send(self, data, deadline):
        link = self._linked(deadline)
        link.settimeout(max(0.01, deadline - time.monotonic()))
        link.sendall(data)

    def receive(self, size, deadline):
        """`size` bytes, or fewer at the end of the stream; TimeoutError."""
        link = self._linked(deadline)
        while len(self.buffer) < size:
            left = max(0, deadline - time.monotonic())
            if not select.select([link], [], [], left)[0]:
                raise TimeoutError
            data = link.recv(1 << 20)
            if not data:
                break
            self.buffer += data
        taken = bytes(self.buffer[:size])
        del self.buffer[:size]
        return taken

    def at_end(self, deadline):
        """Does the peer close before the deadline?"""
        try:
            return self.receive(1, deadline) == b""
        except ConnectionError:
            return True

    def close(self):
        for s in (self.link, self.listener):
            if s is not None:
                s.close()
