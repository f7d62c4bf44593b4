from support import ToolCase, transports


class Patterns(ToolCase):
    """Two processes of the tool talk, over tcp and over ipc."""

    def pair_of(self, binder, connector, transport):
        """Starts both; `binder` and `connector` are lists of words without endpoints."""
        endpoint = "tcp://127.0.0.1:*" if transport == "tcp" else "ipc://*"
        first = self.start(*binder, "--bind", endpoint)
        return first, self.start(*connector, "--connect", first.bound())

    def each_transport(self):
        for transport in transports():
            with self.subTest(transport):
                yield transport

    def test_req_rep_echo(self):
        for transport in self.each_transport():
            rep, req = self.pair_of(["rep", "--echo"], ["req"], transport)
            for text in ("hello", "topic\tbody", "", "käse"):
                req.send(text)
                self.assertEqual(req.line(), text)
                self.assertEqual(rep.line(), text)
            req.end_input()
            self.assert_ends(req)

    def test_rep_replies_with_lines(self):
        for transport in self.each_transport():
            rep, req = self.pair_of(["rep"], ["req"], transport)
            req.send("one")
            # The request is printed before its reply has to be typed.
            self.assertEqual(rep.line(), "one")
            rep.send("first")
            self.assertEqual(req.line(), "first")
            rep.send("second")
            req.send("two")
            self.assertEqual((rep.line(), req.line()), ("two", "second"))
            rep.end_input()
            self.assert_ends(rep)

    def test_dealer_router(self):
        for transport in self.each_transport():
            router, dealer = self.pair_of(
                ["router"], ["dealer", "--routing-id", "d1"], transport)
            dealer.send("a\tb")
            self.assertEqual(router.line(), "d1\ta\tb")
            router.send("d1\tback\there")
            self.assertEqual(dealer.line(), "back\there")
            dealer.end_input()
            self.assert_ends(dealer)

    def test_echo_of_router_dealer_and_pair(self):
        for binder, connector in (("router", "dealer"), ("dealer", "dealer"), ("pair", "pair")):
            with self.subTest(binder):
                echo, other = self.pair_of([binder, "--echo"], [connector], "tcp")
                other.send("ping\tpong")
                self.assertEqual(other.line(), "ping\tpong")
                self.assertTrue(echo.line().endswith("ping\tpong"))

    def test_push_pull(self):
        for transport in self.each_transport():
            pull, push = self.pair_of(["pull", "--count", "1000"], ["push"], transport)
            push.send(*(f"{number}\tbody" for number in range(1000)))
            push.end_input()
            self.assertEqual(pull.rest(), [f"{number}\tbody" for number in range(1000)])
            self.assert_ends(pull)
            self.assert_ends(push)

    def test_pub_sub(self):
        for transport in self.each_transport():
            pub, sub = self.pair_of(
                ["pub"], ["sub", "--subscribe", "a", "--subscribe", "bc"], transport)
            pub.send("a1", "b1", "bc\tx", "c", "a2")
            self.assertEqual(sub.lines(3), ["a1", "bc\tx", "a2"])

    def test_sub_without_prefix_gets_everything(self):
        pub, sub = self.pair_of(["pub"], ["sub"], "tcp")
        pub.send("", "a", "\tb")
        self.assertEqual(sub.lines(3), ["", "a", "\tb"])

    def test_what_is_piped_into_pub_waits_for_a_subscriber(self):
        endpoint = self.endpoint()
        sub = self.start("sub", "--connect", endpoint, "--count", "2")
        status, _, err = self.run_tool("pub", "--bind", endpoint, text="one\ntwo\n")
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(sub.rest(), ["one", "two"])

    def test_pub_without_subscriber_ends(self):
        status, _, _ = self.run_tool("pub", "--bind", self.endpoint(), text="one\n")
        self.assertEqual(status, 0)

    def test_pair(self):
        for transport in self.each_transport():
            one, two = self.pair_of(["pair"], ["pair"], transport)
            one.send("to two")
            two.send("to one")
            self.assertEqual((one.line(), two.line()), ("to one", "to two"))

    def test_xpub_xsub(self):
        for transport in self.each_transport():
            xpub, xsub = self.pair_of(["xpub"], ["xsub", "--subscribe", "a"], transport)
            self.assertEqual(xpub.line(), r"\x01a")
            xpub.send("b", "a\tbody")
            self.assertEqual(xsub.line(), "a\tbody")
            xsub.send(r"\x01b")
            self.assertEqual(xpub.line(), r"\x01b")
            xpub.send("b")
            self.assertEqual(xsub.line(), "b")
            xsub.send(r"\x00a")
            self.assertEqual(xpub.line(), r"\x00a")

    def test_stream(self):
        one, two = self.pair_of(["stream", "--format", "json"], ["stream"], "tcp")
        notice = one.line()
        self.assertTrue(notice.endswith(', ""]'), notice)
        identity = notice.removesuffix(', ""]')
        one.send(f'{identity}, "hello"]')
        two.line()
        self.assertTrue(two.line().endswith("\thello"))

    def test_push_takes_turns(self):
        ends = [self.endpoint(), self.endpoint()]
        pulls = [self.start("pull", "--bind", end) for end in ends]
        for end in ends:
            self.wait_for_socket(end)
        push = self.start("push", "--connect", ends[0], "--connect", ends[1])
        push.send("a", "b", "c", "d")
        lines = [pull.lines(2) for pull in pulls]
        self.assertEqual(sorted(sum(lines, [])), ["a", "b", "c", "d"])

    def test_one_socket_binds_and_connects(self):
        ends = [self.endpoint(), self.endpoint()]
        pull = self.start("pull", "--bind", ends[0], "--connect", ends[1], "--count", "2")
        for direction, end in (("--connect", ends[0]), ("--bind", ends[1])):
            self.assertEqual(self.run_tool("push", direction, end, text=end + "\n")[0], 0)
        self.assertEqual(sorted(pull.rest()), sorted(ends))
