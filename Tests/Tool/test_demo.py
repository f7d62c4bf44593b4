import re
import subprocess
import time

import support
from support import ToolCase


class Demo(ToolCase):
    def test_shows_all_scenes_over_all_transports_and_ends(self):
        start = time.monotonic()
        status, out, err = self.run_tool("demo")
        self.assertEqual((status, err), (0, ""), out)
        self.assertLess(time.monotonic() - start, 15)
        for title in ("(REQ, REP)", "(ROUTER, DEALER)", "(PUB, SUB)", "(PUSH, PULL)"):
            self.assertIn(title, out)
        played = 4 * (len(support.transports()) + 1)
        rates = re.findall(r"rate +[0-9].* per second$", out, re.M)
        self.assertEqual(len(rates), played, out)
        self.assertIn("tcp://127.0.0.1:", out)
        self.assertEqual("ipc://" in out, "ipc" in support.transports())
        self.assertIn("inproc://", out)
        self.assertIn(f"all {played} went well", out)
        self.assertNotIn("\x1b", out)
        self.assertTrue(all(len(line) <= 100 for line in out.split("\n")))

    def test_without_a_reader(self):
        with subprocess.Popen([support.BINARY, "demo"], stdout=subprocess.PIPE) as demo:
            demo.stdout.readline()
            demo.stdout.close()
            self.assertEqual(demo.wait(timeout=support.PATIENCE), 0)

    def test_interrupt(self):
        demo = self.start("demo")
        demo.line()
        demo.signal()
        self.assertIn(demo.wait(), (0, 1))
