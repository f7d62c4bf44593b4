import zmq

from support import PATIENCE, ToolCase, transports


class WithPyzmq(ToolCase):
    """The tool on one side, libzmq on the other, each binding once."""

    def setUp(self):
        super().setUp()
        self.context = zmq.Context()
        self.addCleanup(self.context.term)

    def socket(self, kind, options):
        socket = self.context.socket(kind)
        for name, value in options.items():
            setattr(socket, name, value)
        socket.linger = 0
        socket.rcvtimeo = socket.sndtimeo = PATIENCE * 1000
        self.addCleanup(socket.close)
        return socket

    def pairs(self, words, kind, **options):
        """The tool with such words beside such a libzmq socket, over each transport: the tool
        binds, then it connects."""
        for name in transports():
            transport = "tcp://127.0.0.1:*" if name == "tcp" else "ipc://*"
            socket = self.socket(kind, options)
            tool = self.start(*words, "--bind", transport)
            socket.connect(tool.bound())
            yield tool, socket
            socket = self.socket(kind, options)
            socket.bind(transport)
            yield self.start(*words, "--connect", socket.last_endpoint.decode()), socket

    def test_push_to_pull(self):
        for tool, socket in self.pairs(["push"], zmq.PULL):
            tool.send("a\tb", r"\x00\xff", "")
            self.assertEqual(socket.recv_multipart(), [b"a", b"b"])
            self.assertEqual(socket.recv_multipart(), [b"\x00\xff"])
            self.assertEqual(socket.recv_multipart(), [b""])

    def test_pull_from_push(self):
        for tool, socket in self.pairs(["pull", "--format", "json"], zmq.PUSH):
            socket.send_multipart([b"a", b"\xff", "ä".encode()])
            self.assertEqual(tool.line(), '["a", {"hex": "ff"}, "ä"]')

    def test_rep_and_req(self):
        for tool, socket in self.pairs(["rep", "--echo"], zmq.REQ):
            socket.send_multipart([b"a", b"b"])
            self.assertEqual(socket.recv_multipart(), [b"a", b"b"])
            self.assertEqual(tool.line(), "a\tb")

    def test_req_and_rep(self):
        for tool, socket in self.pairs(["req"], zmq.REP):
            tool.send("question")
            self.assertEqual(socket.recv(), b"question")
            socket.send(b"answer")
            self.assertEqual(tool.line(), "answer")

    def test_dealer_and_router(self):
        for tool, socket in self.pairs(["dealer", "--routing-id", "me"], zmq.ROUTER):
            tool.send("a\tb")
            self.assertEqual(socket.recv_multipart(), [b"me", b"a", b"b"])
            socket.send_multipart([b"me", b"c"])
            self.assertEqual(tool.line(), "c")

    def test_router_and_dealer(self):
        for tool, socket in self.pairs(["router"], zmq.DEALER, routing_id=b"you"):
            socket.send(b"a")
            self.assertEqual(tool.line(), "you\ta")
            tool.send("you\tb\tc")
            self.assertEqual(socket.recv_multipart(), [b"b", b"c"])

    def test_sub_and_pub(self):
        for tool, socket in self.pairs(["sub", "--subscribe", "a"], zmq.XPUB):
            self.assertEqual(socket.recv(), b"\x01a")
            socket.send(b"b")
            socket.send_multipart([b"a", b"body"])
            self.assertEqual(tool.line(), "a\tbody")

    def test_pub_and_sub(self):
        for tool, socket in self.pairs(["pub"], zmq.SUB):
            socket.subscribe(b"a")
            # What is typed before the subscription arrives may be lost; then there is more.
            for number in range(PATIENCE * 10):
                tool.send("b", f"a{number}")
                if socket.poll(100):
                    break
            self.assertTrue(socket.recv().startswith(b"a"))

    def test_xpub_and_xsub(self):
        for tool, socket in self.pairs(["xpub"], zmq.SUB):
            socket.subscribe(b"a")
            # libzmq takes note of a new connection only when its socket is called.
            for _ in range(PATIENCE * 50):
                if tool.has_line() or socket.poll(20):
                    break
            self.assertEqual(tool.line(), r"\x01a")
            tool.send("a\t1")
            self.assertEqual(socket.recv_multipart(), [b"a", b"1"])

    def test_pair(self):
        for tool, socket in self.pairs(["pair"], zmq.PAIR):
            tool.send("a")
            self.assertEqual(socket.recv(), b"a")
            socket.send(b"b")
            self.assertEqual(tool.line(), "b")

    def test_big_message(self):
        for tool, socket in self.pairs(["rep", "--echo"], zmq.REQ):
            body = bytes(range(256)) * (4 << 12)
            socket.send(body)
            self.assertEqual(socket.recv(), body)
