import os

from support import ToolCase, not_on_windows, transports


class Bound(ToolCase):
    def test_wildcards_are_announced(self):
        for endpoint, start in (
                ("tcp://127.0.0.1:*", "tcp://127.0.0.1:"),
                ("tcp://127.0.0.1:0", "tcp://127.0.0.1:"),
                ("tcp://*:*", "tcp://"), ("ipc://*", "ipc://")):
            if endpoint[:3] not in transports():
                continue
            pull = self.start("pull", "--bind", endpoint)
            bound = pull.bound()
            self.assertTrue(bound.startswith(start), bound)
            self.assertNotIn("*", bound)
            self.assertFalse(bound.endswith(":0"), bound)
            pull.signal()
            self.assert_ends(pull)

    @not_on_windows("no ipc")
    def test_each_wildcard_has_its_line(self):
        pull = self.start("pull", "--bind", "tcp://127.0.0.1:*", "--bind", "ipc://*")
        self.assertTrue(pull.bound().startswith("tcp://"))
        self.assertTrue(pull.bound().startswith("ipc://"))

    def test_others_are_not(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint)
        self.wait_for_socket(endpoint)
        pull.signal()
        self.assert_ends(pull)
        self.assertEqual(pull.errors(), [])

    @not_on_windows("no ipc")
    def test_abstract_name(self):
        endpoint = f"ipc://@zmq-test-{os.getpid()}"
        pull = self.start("pull", "--bind", endpoint, "--count", "1")
        self.assertEqual(self.run_tool("push", "--connect", endpoint, text="a\n")[0], 0)
        self.assertEqual(pull.rest(), ["a"])


class Values(ToolCase):
    def test_routing_id_is_what_a_router_sees(self):
        router = self.start("router", "--bind", "tcp://127.0.0.1:*", "--format", "hex")
        endpoint = router.bound()
        dealer = self.start("dealer", "--connect", endpoint, "--routing-id", r"a\x00\xff")
        dealer.send("x")
        self.assertEqual(router.line(), "6100ff\t78")

    def test_hwm(self):
        endpoint = self.endpoint()
        for mark in ("0", "1", "100000"):
            pull = self.start("pull", "--bind", endpoint, "--hwm", mark, "--count", "3000")
            push = self.start("push", "--connect", endpoint, "--hwm", mark)
            push.send(*map(str, range(3000)))
            push.end_input()
            self.assertEqual(pull.rest(), list(map(str, range(3000))))
            self.assert_ends(pull)
            self.assert_ends(push)

    def test_equals_sign(self):
        endpoint = self.endpoint()
        pull = self.start("pull", f"--bind={endpoint}", "--count=1", "--format=json")
        self.assertEqual(self.run_tool("push", f"--connect={endpoint}", text="a\n")[0], 0)
        self.assertEqual(pull.rest(), ['["a"]'])

    def test_host_names(self):
        pull = self.start("pull", "--bind", "tcp://127.0.0.1:*", "--count", "1")
        port = pull.bound().rsplit(":", 1)[1]
        result = self.run_tool("push", "--connect", f"tcp://localhost:{port}", text="a\n")
        self.assertEqual(result[0], 0)
        self.assertEqual(pull.rest(), ["a"])
