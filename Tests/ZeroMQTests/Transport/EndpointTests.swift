import Testing

@testable import ZeroMQ

@Suite struct EndpointTests {
    @Test(arguments: [
        "tcp://127.0.0.1:5555", "tcp://[::1]:5555", "tcp://[fe80::1%eth0]:1", "tcp://[fe80::1%2]:1",
        "tcp://example.com:65535", "tcp://example.com.:1", "tcp://xn--bcher-kva.example:1",
        "tcp://a_b-c:1", "tcp://eth0:0;10.0.0.1:5", "tcp://*:7;host:5", "tcp://[::1]:1;[::1]:2",
        "ipc:///tmp/a", "ipc://relative/path", "ipc://@abstract", "ipc://**", "ipc:// a b ",
        "inproc://name", "inproc://a:b/c d", "inproc://\u{E9}",
    ])
    func connectAccepts(_ text: String) throws {
        let endpoint = try Endpoint(text, for: .connect)
        #expect(try Endpoint(endpoint.description, for: .connect) == endpoint)
    }

    @Test(
        arguments: [
            ("tcp://*:*", "tcp://*:*"), ("tcp://*:0", "tcp://*:*"), ("tcp://127.0.0.1:0", nil),
            ("tcp://0.0.0.0:80", "tcp://0.0.0.0:80"), ("tcp://[::]:80", "tcp://[::]:80"),
            ("tcp://[0:0::0:1]:00080", "tcp://[::1]:80"), ("tcp://eth0:5", "tcp://eth0:5"),
            ("tcp://eth0.100:*", "tcp://eth0.100:*"), ("tcp://[::ffff:1.2.3.4]:1", nil),
            ("ipc://*", "ipc://*"), ("ipc://x", "ipc://x"), ("inproc://*", "inproc://*"),
        ] as [(String, String?)])
    func bindAccepts(_ text: String, _ canonical: String?) throws {
        let endpoint = try Endpoint(text, for: .bind)
        if let canonical { #expect(endpoint.description == canonical) }
        #expect(try Endpoint(endpoint.description, for: .bind) == endpoint)
    }

    @Test func equalityIsThatOfAddresses() throws {
        #expect(
            try Endpoint("tcp://[::0001]:5", for: .bind) == Endpoint("tcp://[0:0::1]:5", for: .bind)
        )
        // Equal as text to a person, but different bytes.
        #expect(
            try Endpoint("inproc://e\u{301}", for: .bind) != Endpoint("inproc://\u{E9}", for: .bind)
        )
    }

    @Test func endpointsOfSocketAddresses() throws {
        let mapped = try #require(SocketAddress("[::ffff:10.1.2.3]:77"))
        #expect(Endpoint(mapped).description == "tcp://10.1.2.3:77")
        let scoped = SocketAddress(ipv6: 0xFE80 << 48, 1, port: 9, scope: 3)
        #expect(Endpoint(scoped).description == "tcp://[fe80::1%3]:9")
        #expect(Endpoint(SocketAddress.anyIPv4.with(port: 5)).description == "tcp://0.0.0.0:5")
        let path = try #require(SocketAddress(path: Array("/a".utf8)))
        #expect(Endpoint(path).description == "ipc:///a")
        let name = try #require(SocketAddress(abstractName: Array("n".utf8)))
        #expect(Endpoint(name).description == "ipc://@n")
        #expect(Endpoint(name).scheme == "ipc" && Endpoint(mapped).scheme == "tcp")
    }
}
