import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
    /// The bytes from one connection, put together until there are `count`.
    private func collect(_ count: Int, from socket: StreamSocket) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let message = try await socket.next()
            #expect(message.count == 2 && message[0].count == 5)
            bytes += message[1].array
        }
        return bytes
    }

    @Test func L5_connectionsAreShownAndBytesPassBothWays() async throws {
        try await withTestContext { context in
            let stream = try StreamSocket(context)
            let endpoint = try stream.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint)
            let notice = try await stream.next()
            let id = notice[0]
            #expect(notice.count == 2 && id.count == 5 && notice[1].isEmpty)
            #expect(id.array.first == 0)
            try await peer.write(Array("GET / HTTP/1.0\r\n\r\n".utf8))
            #expect(try await collect(18, from: stream) == Array("GET / HTTP/1.0\r\n\r\n".utf8))
            try await stream.send([id, "HTTP/1.0 200 OK\r\n"])
            // Nothing comes before it: no greeting.
            #expect(try await peer.read(17) == Array("HTTP/1.0 200 OK\r\n".utf8))
            peer.close()
            #expect(try await stream.next() == [id, ""])
        }
    }

    @Test func L5_anIDAndAnEmptyBodyCloseTheConnection() async throws {
        try await withTestContext { context in
            let stream = try StreamSocket(context)
            let endpoint = try stream.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint)
            let id = try await stream.next()[0]
            let body = [UInt8](repeating: 7, count: 1 << 20)
            try await stream.send([id, Frame(body)])
            try await stream.send([id, ""])
            // What was sent before arrives.
            #expect(try await peer.read(body.count) == body)
            try await peer.waitUntilClosed()
            peer.close()
            #expect(try await stream.next() == [id, ""])
            #expect(await thrownCode { try await stream.send([id, "x"]) } == .hostUnreachable)
        }
    }

    @Test func L5_itConnectsToPlainServers() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let stream = try StreamSocket(context)
            try stream.connect(listener.endpoint)
            let peer = try await listener.accept()
            let id = try await stream.next()[0]
            #expect(id.count == 5)
            try await stream.send([id, "hello"])
            #expect(try await peer.read(5) == Array("hello".utf8))
            try await peer.write([1, 2, 3])
            #expect(try await collect(3, from: stream) == [1, 2, 3])
        }
    }

    @Test func L5_connectRoutingIDNamesTheConnection() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let stream = try StreamSocket(
                context, options: options { $0.connectRoutingID = try? RoutingID("server") })
            try stream.connect(listener.endpoint)
            let peer = try await listener.accept()
            #expect(try await stream.next() == ["server", ""])
            try await stream.send(["server", "hello"])
            #expect(try await peer.read(5) == Array("hello".utf8))
            #expect(stream.options.connectRoutingID == nil)
        }
    }

    @Test func L5_noticesCanBeSwitchedOff() async throws {
        try await withTestContext { context in
            let stream = try StreamSocket(context, options: options { $0.streamNotify = false })
            let endpoint = try stream.bind("tcp://127.0.0.1:*")
            for text in ["one", "two"] {
                let peer = try await RawPeer.connect(endpoint)
                try await peer.write(Array(text.utf8))
                #expect(try await stream.next()[1] == Frame(text))
                peer.close()
            }
            try await eventually("all are gone") { stream.statistics.peers == 0 }
            #expect(try stream.tryReceive() == nil)
        }
    }

    @Test func L5_severalConnectionsAreKeptApart() async throws {
        try await withTestContext { context in
            let stream = try StreamSocket(context)
            let endpoint = try stream.bind("tcp://127.0.0.1:*")
            var peers: [Frame: RawPeer] = [:]
            for _ in 0..<5 {
                let peer = try await RawPeer.connect(endpoint)
                peers[try await stream.next()[0]] = peer
            }
            #expect(peers.count == 5)
            for id in peers.keys { try await stream.send(Message([id, Frame(id.array)])) }
            for (id, peer) in peers { #expect(try await peer.read(5) == id.array) }
        }
    }

    @Test func L5_BI_X7_otherShapesAreMalformed() async throws {
        try await withTestContext { context in
            let stream = try StreamSocket(context)
            #expect(await thrownCode { try await stream.send("one frame") } == .malformedMessage)
            #expect(await thrownCode { try await stream.send([1, 2]) } == .malformedMessage)
            let three: Message = ["one", "two", "three"]
            #expect(await thrownCode { try await stream.send(three) } == .malformedMessage)
            #expect(await thrownCode { try await stream.send(["none", "x"]) } == .hostUnreachable)
            #expect(await thrownCode { try stream.bind("inproc://stream") } == .unsupported)
            #expect(await thrownCode { try stream.connect("ipc:///tmp/x") } == .unsupported)
        }
    }

    @Test func L5_aLargeStreamPassesWholeAndInOrder() async throws {
        try await withTestContext { context in
            let stream = try StreamSocket(context)
            let endpoint = try stream.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint)
            let id = try await stream.next()[0]
            let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            async let writing: Void = peer.write(bytes)
            #expect(try await collect(bytes.count, from: stream) == bytes)
            try await writing
            async let reading = peer.read(bytes.count)
            for start in stride(from: 0, to: bytes.count, by: 100_000) {
                try await stream.send([id, Frame(Array(bytes[start..<start + 100_000]))])
            }
            #expect(try await reading == bytes)
        }
    }
}
