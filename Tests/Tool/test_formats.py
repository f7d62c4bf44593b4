import json
import subprocess

import support
from support import ToolCase


class Formats(ToolCase):
    def exchange(self, lines, sent_as, printed_as, count=None):
        """Sends lines in one format from push to pull; returns what pull prints in another."""
        endpoint = self.endpoint()
        count = count or len(lines)
        pull = self.start(
            "pull", "--bind", endpoint, "--format", printed_as, "--count", str(count))
        push = self.start("push", "--connect", endpoint, "--format", sent_as)
        push.send(*lines)
        push.end_input()
        printed = pull.rest()
        self.assert_ends(pull)
        self.assert_ends(push)
        return printed

    def test_text_is_sent_as_typed(self):
        lines = ["plain", "", "\t", "a\tb\tc", '{"a": "b\\n\\u0041"}', r"C:\new", "käse 🧀"]
        self.assertEqual(self.exchange(lines, "text", "text"), lines)

    def test_text_shows_bytes_that_are_no_text(self):
        lines = ["00ff61", "0a09", "5c783431"]
        self.assertEqual(
            self.exchange(lines, "hex", "text"), [r"\x00\xffa", r"\x0a\x09", r"\x5cx41"])
        self.assertEqual(self.exchange([r"\x00\xffa", r"\x0a\x09"], "text", "hex"), lines[:2])

    def test_json(self):
        lines = ['["a", "", "\\u00e4\\n\\"\\\\"]', '[{"hex": "00ff"}, "b"]']
        printed = self.exchange(lines, "json", "json")
        self.assertEqual([json.loads(line) for line in printed],
                         [json.loads(line) for line in lines])
        self.assertEqual(self.exchange(lines, "json", "hex"), ["61\t\tc3a40a225c", "00ff\t62"])

    def test_every_byte_survives_every_format(self):
        hexed = bytes(range(256)).hex() + "\t" + bytes(range(255, -1, -1)).hex()
        for format_ in ("text", "json", "hex"):
            printed = self.exchange([hexed], "hex", format_)
            self.assertEqual(self.exchange(printed, format_, "hex"), [hexed])

    def test_last_line_without_line_feed(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "2")
        self.assertEqual(self.run_tool("push", "--connect", endpoint, text="a\nb")[0], 0)
        self.assertEqual(pull.rest(), ["a", "b"])

    def test_bad_lines_are_named_and_what_came_before_is_sent(self):
        for format_, good, bad in (("json", '["a"]', "nonsense"), ("hex", "61", "6")):
            endpoint = self.endpoint()
            pull = self.start("pull", "--bind", endpoint, "--count", "1")
            result = self.run_tool(
                "push", "--connect", endpoint, "--format", format_, text=f"{good}\n{bad}\n")
            self.assert_error(result, "line 2")
            self.assertEqual(pull.rest(), ["a"])

    def test_big_line(self):
        size = 20 << 20
        line = "x" * size
        self.assertEqual(self.exchange([line, "after"], "text", "text"), [line, "after"])

    def test_line_beyond_the_limit(self):
        with subprocess.Popen(
                [support.BINARY, "push", "--bind", self.endpoint()], stdin=subprocess.PIPE,
                stderr=subprocess.PIPE) as process:
            block = b"x" * (1 << 20)
            try:
                for _ in range(200):
                    process.stdin.write(block)
                process.stdin.close()
            except BrokenPipeError:
                pass
            errors = process.stderr.read().decode()
            self.assertEqual(process.wait(timeout=support.PATIENCE), 1)
            self.assertIn("longer than", errors)

    def test_many_lines_through_a_pipe(self):
        lines = [f"line {number}" for number in range(50_000)]
        self.assertEqual(self.exchange(lines, "text", "text"), lines)
