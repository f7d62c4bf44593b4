import os
import signal
import subprocess
import time

import support
from support import ToolCase, not_on_windows


class Count(ToolCase):
    def test_received(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "2")
        push = self.start("push", "--connect", endpoint)
        push.send("a", "b", "c")
        self.assertEqual(pull.rest(), ["a", "b"])
        self.assert_ends(pull)

    def test_sent(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint)
        push = self.start("push", "--connect", endpoint, "--count", "2")
        push.send("a", "b", "c")
        self.assert_ends(push)
        self.assertEqual(pull.lines(2), ["a", "b"])
        pull.signal()
        self.assertEqual(pull.rest(), [])

    def test_replies(self):
        endpoint = self.endpoint()
        rep = self.start("rep", "--bind", endpoint, "--echo", "--count", "3")
        req = self.start("req", "--connect", endpoint, "--count", "2")
        req.send("a", "b", "c")
        self.assertEqual(req.rest(), ["a", "b"])
        self.assert_ends(req)
        self.assertEqual(self.run_tool("req", "--connect", endpoint, text="c\n")[:2], (0, "c\n"))
        self.assert_ends(rep)

    def test_goes_on_receiving_after_the_end_of_the_input(self):
        endpoint = self.endpoint()
        self.start("router", "--bind", endpoint, "--echo")
        result = self.run_tool("dealer", "--connect", endpoint, "--count", "2", text="a\nb\n")
        self.assertEqual(result, (0, "a\nb\n", ""))


class EndOfInput(ToolCase):
    def test_waits_until_all_is_sent(self):
        endpoint = self.endpoint()
        push = self.start("push", "--connect", endpoint)
        push.send(*map(str, range(100)))
        push.end_input()
        with self.assertRaises(subprocess.TimeoutExpired):
            push.process.wait(timeout=0.5)
        pull = self.start("pull", "--bind", endpoint, "--count", "100")
        self.assertEqual(pull.rest(), list(map(str, range(100))))
        self.assert_ends(push)

    def test_linger_zero_does_not_wait(self):
        result = self.run_tool("push", "--connect", self.endpoint(), "--linger", "0", text="a\n")
        self.assert_error(result, "1 message")

    def test_linger_waits_that_long(self):
        start = time.monotonic()
        result = self.run_tool(
            "push", "--connect", self.endpoint(), "--linger", "0.5", text="a\n")
        self.assert_error(result)
        self.assertGreaterEqual(time.monotonic() - start, 0.5)

    def test_receivers_do_not_end(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "1", stdin=subprocess.DEVNULL)
        echo_end = self.endpoint()
        self.start("rep", "--bind", echo_end, "--echo", stdin=subprocess.DEVNULL)
        self.assertEqual(
            self.run_tool("req", "--connect", echo_end, text="a\n"), (0, "a\n", ""))
        self.assertEqual(self.run_tool("push", "--connect", endpoint, text="a\n")[0], 0)
        self.assertEqual(pull.rest(), ["a"])

    def test_rep_ends_without_further_replies(self):
        endpoint = self.endpoint()
        rep = self.start("rep", "--bind", endpoint)
        rep.send("r1", "r2")
        rep.end_input()
        self.assertEqual(
            self.run_tool("req", "--connect", endpoint, text="a\nb\n"), (0, "r1\nr2\n", ""))
        self.assert_ends(rep)
        self.assertEqual(rep.rest(), ["a", "b"])

    def test_file_as_input(self):
        path = f"{self.folder}/lines"
        with open(path, "w", encoding="utf-8") as handle:
            handle.write("a\nb\nc")
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "3")
        with open(path, encoding="utf-8") as handle:
            push = self.start("push", "--connect", endpoint, stdin=handle)
            self.assert_ends(push)
        self.assertEqual(pull.rest(), ["a", "b", "c"])

    @not_on_windows("Wine has no console on a terminal of Linux")
    def test_terminal_as_input(self):
        ours, theirs = os.openpty()
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "2")
        push = self.start("push", "--connect", endpoint, stdin=theirs)
        os.close(theirs)
        os.write(ours, b"typed\n")
        self.assertEqual(pull.line(), "typed")
        os.write(ours, b"more\n\x04")
        self.assertEqual(pull.line(), "more")
        self.assert_ends(push)
        os.close(ours)


class Timeout(ToolCase):
    def test_nothing_received(self):
        start = time.monotonic()
        status, out, err = self.run_tool("pull", "--bind", self.endpoint(), "--timeout", "0.5")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("timed out after 0.5 s", err)
        self.assertLess(time.monotonic() - start, 5)

    def test_no_reply(self):
        status, out, err = self.run_tool(
            "req", "--connect", self.endpoint(), "--timeout", "0.5", text="a\n")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("no peer is connected", err)

    def test_not_sent(self):
        status, _, _ = self.run_tool(
            "push", "--connect", self.endpoint(), "--timeout", "0.5", text="a\n")
        self.assertEqual(status, 2)

    def test_prints_what_came_before(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "2", "--timeout", "2")
        self.run_tool("push", "--connect", endpoint, text="a\n")
        self.assertEqual(pull.rest(), ["a"])
        self.assert_ends(pull, 2)

    def test_in_time_is_no_timeout(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "1", "--timeout", "15")
        push = self.run_tool("push", "--connect", endpoint, "--timeout", "15", text="a\n")
        self.assertEqual(push[0], 0)
        self.assert_ends(pull)


class Interrupt(ToolCase):
    def test_ends_cleanly(self):
        # Wine makes Ctrl-C of the first, and of the second an end without a word.
        signals = (signal.SIGINT,) if support.IS_WINDOWS else (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            for words in (["pull"], ["rep", "--echo"], ["dealer"], ["pub"], ["sub"]):
                with self.subTest(f"{words} {number}"):
                    endpoint = self.endpoint()
                    running = self.start(*words, "--bind", endpoint)
                    self.wait_for_socket(endpoint)
                    running.signal(number)
                    self.assert_ends(running)
                    self.assertFalse(os.path.exists(endpoint.removeprefix("ipc://")))

    def test_sends_what_it_has(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint, "--count", "1000")
        push = self.start("push", "--connect", endpoint)
        push.send(*map(str, range(1000)))
        self.assertEqual(pull.line(), "0")
        push.signal()
        self.assert_ends(push)
        self.assertEqual(pull.rest()[-1], "999")

    def test_does_not_wait_for_ever_for_a_peer(self):
        push = self.start("push", "--connect", self.endpoint())
        push.send("a")
        time.sleep(0.3)
        push.signal()
        self.assertEqual(push.wait(), 0)

    def test_ends_the_wait_for_the_last_messages(self):
        push = self.start("push", "--connect", self.endpoint())
        push.send("a")
        push.end_input()
        time.sleep(0.3)
        push.signal()
        self.assertIn(push.wait(), (0, 1))


class Output(ToolCase):
    def test_lines_come_at_once(self):
        endpoint = self.endpoint()
        pull = self.start("pull", "--bind", endpoint)
        push = self.start("push", "--connect", endpoint)
        for text in ("one", "two", "three"):
            push.send(text)
            self.assertEqual(pull.line(), text)

    def test_reader_of_the_output_goes(self):
        endpoint = self.endpoint()
        with subprocess.Popen(
                [support.BINARY, "pull", "--bind", endpoint], stdout=subprocess.PIPE) as pull:
            push = self.start("push", "--connect", endpoint)
            push.send("a")
            self.assertEqual(pull.stdout.readline(), b"a\n")
            pull.stdout.close()
            push.send("b")
            self.assertEqual(pull.wait(timeout=support.PATIENCE), 0)

    def test_slow_reader_loses_nothing(self):
        endpoint = self.endpoint()
        with subprocess.Popen(
                [support.BINARY, "pull", "--bind", endpoint, "--count", "20000"],
                stdout=subprocess.PIPE) as pull:
            path = f"{self.folder}/lines"
            with open(path, "w", encoding="utf-8") as handle:
                handle.writelines(f"{number} " + "x" * 100 + "\n" for number in range(20_000))
            with open(path, encoding="utf-8") as handle:
                self.start("push", "--connect", endpoint, stdin=handle)
            time.sleep(0.5)
            lines = pull.stdout.read().split(b"\n")
            self.assertEqual(len(lines), 20_001)
            self.assertTrue(lines[19_999].startswith(b"19999 "))
            self.assertEqual(pull.wait(timeout=support.PATIENCE), 0)
