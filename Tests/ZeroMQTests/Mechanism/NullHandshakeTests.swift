import Testing

@testable import ZeroMQ

struct NullHandshakeTests {
    private func received(_ body: [UInt8]) throws -> HandshakeStep {
        try withBytes(body) {
            NullHandshake().received(try CommandBody($0), limits: WireLimits())
        }
    }

    @Test func N2_readyIsSentAtOnce() {
        let metadata = SessionConfiguration.of(.pull).handshakeMetadata
        var handshake = Handshake(.null)
        let bytes = handshake.begin(metadata: metadata)
        #expect(bytes == WireBytes.ready("PULL"))
    }

    @Test func readyEndsIt() throws {
        let step = try received(
            WireBytes.commandBody("READY", WireBytes.property("Socket-Type", "PUB")))
        let property = MetadataProperty(reserved: "Socket-Type", value: Array("PUB".utf8))
        #expect(step == .finished([property], send: []))
    }

    @Test func errorRefuses() throws {
        let step = try received(WireBytes.commandBody("ERROR", [2, 110, 111]))
        #expect(step == .refused(reason: Array("no".utf8)))
    }

    @Test(arguments: [[], [5], [1, 65, 66]] as [[UInt8]])
    func malformedErrorIsAViolation(data: [UInt8]) throws {
        let step = try received(WireBytes.commandBody("ERROR", data))
        #expect(step == .violation(.malformedCommand(.error)))
    }

    @Test(arguments: [
        "PING", "PONG", "SUBSCRIBE", "CANCEL", "HELLO", "WELCOME", "INITIATE", "MESSAGE", "X",
        "ready",
    ])
    func F7_everythingElseIsOutOfOrder(name: String) throws {
        // Judged by its name alone: the data would be malformed for most.
        let step = try received(WireBytes.commandBody(name))
        #expect(step == .violation(.unexpectedCommand(name: Array(name.utf8))))
    }

    @Test func malformedMetadataIsTold() throws {
        let step = try received(WireBytes.commandBody("READY", [7]))
        #expect(step == .invalidMetadata(.truncatedMetadata))
    }

    @Test func refusalIsAnErrorCommand() {
        #expect(Handshake(.null).refusal(reason: "no") == WireBytes.error("no"))
    }
}
