import support
from support import ToolCase

TYPES = "req rep dealer router pub sub push pull pair xpub xsub stream".split()
OPTIONS = """--bind --connect --count --timeout --subscribe --routing-id --echo --format
    --linger --hwm --help""".split()


class Help(ToolCase):
    def test_help_names_everything(self):
        for words in (["--help"], ["-h"], ["help"], ["push", "--help"]):
            status, out, err = self.run_tool(*words)
            self.assertEqual((status, err), (0, ""))
            for word in TYPES + OPTIONS + ["demo", "Examples:", "text", "json", "hex"]:
                self.assertIn(word, out)
            self.assertTrue(all(len(line) <= 100 for line in out.split("\n")))


class Mistakes(ToolCase):
    def test_without_arguments(self):
        self.assert_error(self.run_tool(), "--help")

    def test_unknown_words(self):
        self.assert_error(self.run_tool("frob"), "frob", "req", "stream")
        self.assert_error(self.run_tool("push", "--frob"), "--frob")
        self.assert_error(self.run_tool("push", "pull", "--bind", "ipc://x"), "pull")

    def test_no_endpoint(self):
        for kind in TYPES:
            self.assert_error(self.run_tool(kind), kind, "--bind", "--connect")

    def test_bad_values(self):
        endpoint = self.endpoint()
        for option, value in [
                ("--count", "0"), ("--count", "x"), ("--timeout", "0"), ("--timeout", "-1"),
                ("--linger", "x"), ("--hwm", "-1"), ("--format", "xml"), ("--routing-id", "")]:
            result = self.run_tool("dealer", "--bind", endpoint, option, value)
            self.assert_error(result, option.removeprefix("--"))

    def test_option_without_value(self):
        self.assert_error(self.run_tool("push", "--bind"), "--bind")

    def test_options_of_other_types(self):
        endpoint = self.endpoint()
        self.assert_error(self.run_tool("push", "--bind", endpoint, "--echo"), "--echo")
        self.assert_error(
            self.run_tool("pull", "--bind", endpoint, "--subscribe", "a"), "--subscribe")

    def test_bad_endpoints(self):
        for endpoint in ("nonsense", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:99999",
                         "smtp://127.0.0.1:25", "ipc://", "tcp://127.0.0.1:x", ""):
            self.assert_error(self.run_tool("pull", "--bind", endpoint))
            self.assert_error(self.run_tool("push", "--connect", endpoint, text="x\n"))

    def test_address_in_use(self):
        first = self.start("pull", "--bind", "tcp://127.0.0.1:*")
        endpoint = first.bound()
        self.assert_error(self.run_tool("pull", "--bind", endpoint), endpoint)

    def test_address_of_nobody_here(self):
        self.assert_error(self.run_tool("pull", "--bind", "tcp://192.0.2.1:5555"), "192.0.2.1")

    def test_ipc_where_there_is_none(self):
        if "ipc" in support.transports():
            self.skipTest("there is ipc")
        for words in (["pull", "--bind", "ipc://*"], ["push", "--connect", "ipc://x"]):
            self.assert_error(self.run_tool(*words, text="x\n"), "'ipc' needs local sockets")

    def test_ipc_does_not_replace_a_file(self):
        path = f"{self.folder}/precious"
        with open(path, "w", encoding="utf-8") as handle:
            handle.write("data")
        self.assert_error(self.run_tool("pull", "--bind", f"ipc://{path}"))
        with open(path, encoding="utf-8") as handle:
            self.assertEqual(handle.read(), "data")
