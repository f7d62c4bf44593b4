/// The text of `zmq --help`.
enum Help {
    static let text = """
        zmq sends and receives ZeroMQ messages: a curl for ZeroMQ.

        Usage:
          zmq TYPE (--bind ENDPOINT | --connect ENDPOINT)... [OPTION]...
          zmq demo        services, workers, a feed and a pipeline exchange messages here
          zmq --help

        Each line of standard input is a message to send; each message received is a line
        on standard output. A tab separates the frames of a message.

        TYPE, and what it talks to:
          req     asks, one line a request, and prints each reply      rep, router
          rep     prints each request; the next line is its reply      req, dealer
          pub     sends to all who subscribed                          sub, xsub
          sub     prints what it subscribed to                         pub, xpub
          push    sends, taking turns between its peers                pull
          pull    prints what comes                                    push
          pair    both ways with one peer                              pair
          dealer  both ways, taking turns between its peers            router, rep, dealer
          router  both ways; the first frame is the peer's routing id  dealer, req, router
          xpub    as pub; prints subscriptions (01 or 00, then topic)  sub, xsub
          xsub    as sub; also sends                                   pub, xpub
          stream  raw TCP; the first frame is the connection's id      any TCP program

        ENDPOINT:
          tcp://127.0.0.1:5555    address and port; a name works for --connect
          tcp://*:5555            every interface; tcp://127.0.0.1:* takes a free port
          ipc:///tmp/feed         a Unix domain socket; ipc://@name is an abstract one
          A bound wildcard is printed on standard error as: bound ENDPOINT

        Options:
          --bind ENDPOINT       wait for peers there; may be repeated
          --connect ENDPOINT    go there, and keep trying; may be repeated
          --count N             end after N messages received (pub, push: sent)
          --timeout SECONDS     give up after that time, with exit status 2
          --subscribe PREFIX    sub, xsub: what to receive (sub: everything without it)
          --routing-id ID       the name under which a router knows this socket
          --echo                rep, router, dealer, pair: send every message back
          --format FORMAT       text, json or hex, for input and output; see below
          --linger SECONDS      how long to wait at the end until all is sent (without
                                it: as long as it takes, one second after an interrupt)
          --hwm N               messages to hold for a peer that is slow; 0 is no limit

        Formats:
          text    as typed; bytes that are no text, and control characters, are \\xHH
          json    ["an", "array", "of strings"]; other bytes are {"hex": "00ff"}
          hex     two digits a byte, frames separated by a tab

        It ends after --count messages, at the end of its input once all is sent (with --count
        it goes on receiving), at the timeout, or at an interrupt. Types that only receive, and
        --echo, do not read the input. pub waits up to a second for a first subscriber, so
        that what is piped into it is not lost.
        Exit status: 0 done, 1 error (one line on standard error), 2 timeout.

        Examples:
          zmq rep --bind tcp://127.0.0.1:5555 --echo
          echo hello | zmq req --connect tcp://127.0.0.1:5555
          zmq sub --connect tcp://127.0.0.1:5556 --subscribe weather. --count 10
          tail -f app.log | zmq pub --bind tcp://127.0.0.1:5556
          zmq pull --bind 'tcp://127.0.0.1:*' --format json --timeout 60 > got.jsonl
          printf 'topic\\tbody\\n' | zmq push --connect ipc:///tmp/jobs

        """
}
