#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    @Suite(.timeLimit(.minutes(1))) struct WithdrawnPeerTests {
        @Test func aMessageThatArrivesInPartsSurvivesUnbind() async throws {
            try await withTestContext { context in
                let xpub = try XPublisherSocket(context, options: options { $0.sendBuffer = 8192 })
                let endpoint = try xpub.bind("tcp://127.0.0.1:*")
                let peer = try await WirePeer.established(to: endpoint, as: "XSUB")
                try await peer.send([0, 1, 1])
                #expect(try await xpub.next().first?.array == [1])
                // The peer reads nothing, so the connection has something left to write.
                for _ in 0..<16 { try await xpub.send([bulk, bulk, bulk, bulk]) }
                try await peer.send([0, 1, 10] + [1, 1, 11])
                try await eventually("the first has arrived") { xpub.unreadMessages == 1 }
                try xpub.unbind(endpoint)
                #expect(xpub.unsentMessages > 0)
                try await peer.send([0, 1, 12] + [0, 1, 13])
                var messages: [[[UInt8]]] = []
                for _ in 0..<3 { messages.append(try await xpub.next().map(\.array)) }
                #expect(messages == [[[10]], [[11], [12]], [[13]]])
                peer.close()
                // Only now does nobody hold the topic any more.
                #expect(try await xpub.next().map(\.array) == [[0]])
            }
        }
    }
#endif
