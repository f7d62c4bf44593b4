import zmq

from support import PATIENCE, ToolCase


class WithPyzmq(ToolCase):
    """The tool on one side, libzmq on the other, each binding once."""

    def setUp(self):
        super().setUp()
        self.context = zmq.Context()
        self.addCleanup(self.context.term)

    def socket(self, kind):
        socket = self.context.socket(kind)
        socket.linger = 0
        socket.rcvtimeo = socket.sndtimeo = PATIENCE * 1000
        self.addCleanup(socket.close)
        return socket

    def pair_of(self, words, kind):
        """The tool with such words beside such a libzmq socket: it binds, then it connects."""
        for transport in ("tcp://127.0.0.1:*", "ipc://*"):
            with self.subTest(f"{words[0]} binds {transport}"):
                tool = self.start(*words, "--bind", transport)
                socket = self.socket(kind)
                yield tool, socket, lambda: socket.connect(tool.bound())
            with self.subTest(f"{words[0]} connects {transport}"):
                socket = self.socket(kind)
                socket.bind(transport)
                tool = self.start(*words, "--connect", socket.last_endpoint.decode())
                yield tool, socket, lambda: None

    def test_push_to_pull(self):
        for tool, socket, attach in self.pair_of(["push"], zmq.PULL):
            attach()
            tool.send("a\tb", r"\x00\xff", "")
            self.assertEqual(socket.recv_multipart(), [b"a", b"b"])
            self.assertEqual(socket.recv_multipart(), [b"\x00\xff"])
            self.assertEqual(socket.recv_multipart(), [b""])

    def test_pull_from_push(self):
        for tool, socket, attach in self.pair_of(["pull", "--format", "json"], zmq.PUSH):
            attach()
            socket.send_multipart([b"a", b"\xff", "ä".encode()])
            self.assertEqual(tool.line(), '["a", {"hex": "ff"}, "ä"]')

    def test_rep_and_req(self):
        for tool, socket, attach in self.pair_of(["rep", "--echo"], zmq.REQ):
            attach()
            socket.send_multipart([b"a", b"b"])
            self.assertEqual(socket.recv_multipart(), [b"a", b"b"])
            self.assertEqual(tool.line(), "a\tb")

    def test_req_and_rep(self):
        for tool, socket, attach in self.pair_of(["req"], zmq.REP):
            attach()
            tool.send("question")
            self.assertEqual(socket.recv(), b"question")
            socket.send(b"answer")
            self.assertEqual(tool.line(), "answer")

    def test_dealer_and_router(self):
        for tool, socket, attach in self.pair_of(["dealer", "--routing-id", "me"], zmq.ROUTER):
            attach()
            tool.send("a\tb")
            self.assertEqual(socket.recv_multipart(), [b"me", b"a", b"b"])
            socket.send_multipart([b"me", b"c"])
            self.assertEqual(tool.line(), "c")

    def test_router_and_dealer(self):
        for tool, socket, attach in self.pair_of(["router"], zmq.DEALER):
            socket.routing_id = b"you"
            attach()
            # The id must be set before the connection; where it was not, the id is generated.
            socket.send(b"a")
            name = tool.line().split("\t")[0]
            tool.send(f"{name}\tb\tc")
            self.assertEqual(socket.recv_multipart(), [b"b", b"c"])

    def test_sub_and_pub(self):
        for tool, socket, attach in self.pair_of(["sub", "--subscribe", "a"], zmq.XPUB):
            attach()
            self.assertEqual(socket.recv(), b"\x01a")
            socket.send(b"b")
            socket.send_multipart([b"a", b"body"])
            self.assertEqual(tool.line(), "a\tbody")

    def test_pub_and_sub(self):
        for tool, socket, attach in self.pair_of(["pub"], zmq.SUB):
            socket.subscribe(b"a")
            attach()
            # What is typed before the subscription arrives may be lost; then there is more.
            for number in range(PATIENCE * 10):
                tool.send("b", f"a{number}")
                if socket.poll(100):
                    break
            self.assertTrue(socket.recv().startswith(b"a"))

    def test_xpub_and_xsub(self):
        for tool, socket, attach in self.pair_of(["xpub"], zmq.SUB):
            socket.subscribe(b"a")
            attach()
            self.assertEqual(tool.line(), r"\x01a")
            tool.send("a\t1")
            self.assertEqual(socket.recv_multipart(), [b"a", b"1"])

    def test_pair(self):
        for tool, socket, attach in self.pair_of(["pair"], zmq.PAIR):
            attach()
            tool.send("a")
            self.assertEqual(socket.recv(), b"a")
            socket.send(b"b")
            self.assertEqual(tool.line(), "b")

    def test_big_message(self):
        for tool, socket, attach in self.pair_of(["rep", "--echo"], zmq.REQ):
            attach()
            body = bytes(range(256)) * (4 << 12)
            socket.send(body)
            self.assertEqual(socket.recv(), body)
            break
