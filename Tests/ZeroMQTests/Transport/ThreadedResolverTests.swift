import Testing

@testable import ZeroMQ

@Suite struct ThreadedResolverTests {
    private static let addresses = [
        SocketAddress(ipv4: 1, port: 5), SocketAddress(ipv6: 0, 1, port: 5),
    ]

    private static func query(_ host: String) -> ResolveQuery {
        ResolveQuery(host: host, port: 5, ipv6: true)
    }

    @Test func K3_givesEveryAddress() {
        let stub = StubLookup()
        let resolver = ThreadedResolver { query throws(LookupError) in try stub.lookUp(query) }
        let results = ResolveResults()
        stub.answer(Self.query("a"), .success(Self.addresses))
        _ = resolver.resolve("a", port: 5, ipv6: true, results.completion(1))
        #expect(results.wait(for: 1) == [1: .success(Self.addresses)])
        resolver.stop()
    }

    @Test func failuresAreTyped() {
        let stub = StubLookup()
        let resolver = ThreadedResolver { query throws(LookupError) in try stub.lookUp(query) }
        let results = ResolveResults()
        let error = LookupError(.temporary, code: -3)
        stub.answer(Self.query("a"), .failure(error))
        _ = resolver.resolve(Self.query("a"), results.completion(1))
        #expect(results.wait(for: 1) == [1: .failure(error)])
        #expect(error.description == "look up: the name servers do not answer (-3)")
        resolver.stop()
    }

    /// reliability.md section 3, row 31: a slow lookup must not hold others up.
    @Test func aSlowLookupHoldsNobodyUp() {
        let stub = StubLookup()
        let resolver = ThreadedResolver { query throws(LookupError) in try stub.lookUp(query) }
        let results = ResolveResults()
        _ = resolver.resolve(Self.query("slow"), results.completion(0))
        for tag in 1...20 {
            stub.answer(Self.query("fast\(tag)"), .success(Self.addresses))
            _ = resolver.resolve(Self.query("fast\(tag)"), results.completion(tag))
            #expect(results.wait(for: tag)[tag] == .success(Self.addresses))
        }
        #expect(resolver.threadCount <= 4)
        stub.answer(Self.query("slow"), .success(Self.addresses))
        #expect(results.wait(for: 21)[0] == .success(Self.addresses))
        resolver.stop()
    }

    @Test func atMostFourAtATimeInOrderOfArrival() {
        let stub = StubLookup()
        let resolver = ThreadedResolver { query throws(LookupError) in try stub.lookUp(query) }
        let results = ResolveResults()
        for tag in 0..<7 { _ = resolver.resolve(Self.query("h\(tag)"), results.completion(tag)) }
        stub.waitForCalls(4)
        #expect(resolver.threadCount == 4)
        #expect(Set(stub.calls) == ["h0", "h1", "h2", "h3"])
        for tag in 0..<7 { stub.answer(Self.query("h\(tag)"), .success(Self.addresses)) }
        #expect(results.wait(for: 7).count == 7)
        #expect(resolver.threadCount <= 4)
        resolver.stop()
    }

    @Test func queriesForOneHostShareALookup() {
        let stub = StubLookup()
        let resolver = ThreadedResolver { query throws(LookupError) in try stub.lookUp(query) }
        let results = ResolveResults()
        for tag in 0..<100 { _ = resolver.resolve(Self.query("same"), results.completion(tag)) }
        stub.waitForCalls(1)
        stub.answer(Self.query("same"), .success(Self.addresses))
        #expect(results.wait(for: 100).values.allSatisfy { $0 == .success(Self.addresses) })
        #expect(stub.calls == ["same"])
        // Each retry looks the name up again.
        _ = resolver.resolve(Self.query("same"), results.completion(100))
        _ = results.wait(for: 101)
        #expect(stub.calls == ["same", "same"])
        resolver.stop()
    }

    @Test func aCancelledLookupIsNotCompleted() {
        let stub = StubLookup()
        let resolver = ThreadedResolver(maxThreads: 1) { query throws(LookupError) in
            try stub.lookUp(query)
        }
        let results = ResolveResults()
        let running = resolver.resolve(Self.query("a"), results.completion(0))
        let queued = resolver.resolve(Self.query("b"), results.completion(1))
        _ = resolver.resolve(Self.query("c"), results.completion(2))
        stub.waitForCalls(1)
        #expect(resolver.cancel(running) && resolver.cancel(queued))
        #expect(!resolver.cancel(running))
        for host in ["a", "b", "c"] { stub.answer(Self.query(host), .success(Self.addresses)) }
        _ = results.wait(for: 1)
        #expect(results.tags == [2])
        // Nobody wanted b any more.
        #expect(stub.calls == ["a", "c"])
        resolver.stop()
    }

    @Test func stopEndsEveryLookup() {
        let stub = StubLookup()
        let resolver = ThreadedResolver(maxThreads: 1) { query throws(LookupError) in
            try stub.lookUp(query)
        }
        let results = ResolveResults()
        let token = resolver.resolve(Self.query("a"), results.completion(0))
        _ = resolver.resolve(Self.query("b"), results.completion(1))
        stub.waitForCalls(1)
        resolver.stop()
        _ = resolver.resolve(Self.query("c"), results.completion(2))
        let stopped = ResolveResult.failure(LookupError(.stopped))
        #expect(results.wait(for: 3) == [0: stopped, 1: stopped, 2: stopped])
        #expect(!resolver.cancel(token))
        resolver.stop()
        stub.answer(Self.query("a"), .success(Self.addresses))
        #expect(stub.calls == ["a"] && results.tags.count == 3)
    }

    @Test func idleThreadsEnd() {
        let stub = StubLookup()
        let resolver = ThreadedResolver(idleTime: .zero) { query throws(LookupError) in
            try stub.lookUp(query)
        }
        let results = ResolveResults()
        for tag in 0..<50 {
            stub.answer(Self.query("h\(tag)"), .success(Self.addresses))
            _ = resolver.resolve(Self.query("h\(tag)"), results.completion(tag))
            _ = results.wait(for: tag + 1)
        }
        while resolver.threadCount > 0 { _ = ThreadParker().park(until: Instant.now()) }
        _ = resolver.resolve(Self.query("h0"), results.completion(50))
        #expect(results.wait(for: 51)[50] == .success(Self.addresses))
    }

    @Test func theSystemKnowsLocalhost() throws {
        let resolver = ThreadedResolver()
        let results = ResolveResults()
        _ = resolver.resolve("localhost", port: 77, ipv6: false, results.completion(0))
        let addresses = try #require(results.wait(for: 1)[0]).get()
        #expect(addresses == [SocketAddress(ipv4: 0x7F00_0001, port: 77)])
        resolver.stop()
    }

    @Test(arguments: ["a..b", ".a", String(repeating: "x", count: 250), "-", "host.invalid"])
    func BI_E13_badNamesAreTypedErrors(_ host: String) throws {
        let resolver = ThreadedResolver()
        let results = ResolveResults()
        _ = resolver.resolve(host, port: 1, ipv6: true, results.completion(0))
        let result = try #require(results.wait(for: 1)[0])
        #expect(throws: LookupError.self) { try result.get() }
        resolver.stop()
    }
}
