import Testing
@testable import ZeroMQ
@Suite(.timeLimit(.minutes(1))) struct DebugTests {
    @Test(arguments: 0..<300) func rst(i: Int) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let dying = try await RawPeer.connect(endpoint, as: "DEALER", id: Array("dying".utf8))
            try await dying.send(["whole"])
            try await dying.write(RawPeer.frame(Array("part".utf8), flags: 1))
            dying.reset()
            try await eventually("the peer is gone") { router.statistics.connections == 1 && router.statistics.peers == 0 }
            #expect(router.dropped(.truncated) == 1)
            #expect(try router.tryReceive() == ["dying", "whole"])
        }
    }
}
