import Testing
@testable import ZeroMQ
@Suite(.timeLimit(.minutes(1))) struct SmokeTests {
    @Test(arguments: TestTransport.allCases) func links(_ t: TestTransport) async throws {
        try await withTestContext { c in
            let a = try PullSocket(c), b = try PushSocket(c)
            try await link(a, b, over: t)
            try await b.send("x")
            #expect(try await a.next().string == "x")
        }
    }
    @Test func raw() async throws {
        try await withTestContext { c in
            let a = try PullSocket(c)
            let e = try a.bind("tcp://127.0.0.1:*")
            let p = try await RawPeer.connect(e, as: "PUSH")
            try await p.send(["x"])
            #expect(try await a.next().string == "x")
        }
    }
}
