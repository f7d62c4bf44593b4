import Testing

@testable import ZeroMQ

/// What a connection has to say to a peer that does not read.
@Suite struct ControlOutputTests {
    /// Everything that is to be written, in order.
    private func drain(_ output: inout ControlOutput) -> [UInt8] {
        var bytes: [UInt8] = []
        while let next = output.next() {
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: next.base, count: next.count))
            output.advance(next.count)
        }
        return bytes
    }

    @Test func upToTheLimitEveryHeartbeatIsKept() {
        var output = ControlOutput()
        let count = ControlOutput.heartbeatLimit / 8
        for _ in 0..<count { output.append(heartbeat: .init(repeating: 7, count: 8)) }
        let queued = output.count
        #expect(queued == ControlOutput.heartbeatLimit)
        #expect(drain(&output).count == ControlOutput.heartbeatLimit)
        let isEmpty = output.isEmpty
        #expect(isEmpty)
    }

    @Test(arguments: [1, 2, 1000]) func beyondItOnlyTheLatestIs(more: Int) {
        var output = ControlOutput()
        // Something is half written: what follows must not come in between.
        output.append([1, 2, 3])
        _ = output.next()
        output.advance(1)
        output.append(.init(repeating: 0, count: ControlOutput.heartbeatLimit))
        for index in 0..<more { output.append(heartbeat: [9, UInt8((index + 1) & 0xFF)]) }
        let queued = output.count
        #expect(queued == 2 + ControlOutput.heartbeatLimit + 2)
        let bytes = drain(&output)
        #expect(bytes.prefix(3) == [2, 3, 0])
        #expect(bytes.suffix(3) == [0, 9, UInt8(more & 0xFF)])
        let isEmpty = output.isEmpty
        #expect(isEmpty)
    }

    @Test func thereIsRoomAgainOnceItIsWritten() {
        var output = ControlOutput()
        output.append(.init(repeating: 0, count: ControlOutput.heartbeatLimit))
        _ = output.next()
        output.append(heartbeat: [1])
        output.append(heartbeat: [2])
        output.advance(1)
        output.append(heartbeat: [3])
        #expect(drain(&output).suffix(2) == [2, 3])
    }

    /// A minute of PINGs at the most that is answered one by one.
    @Test func pongsToAPeerThatDoesNotReadDoNotPileUp() throws {
        var narrow = SimulatedFaults()
        narrow.window = 1024
        let world = SimulatedWorld(narrow)
        let pull = try PullSocket(world.context)
        let guest = try SimulatedPeer(world, to: try pull.bind("tcp://127.0.0.1:*"))
        guest.shakeHands(as: "PUSH")
        for second in 0..<60 {
            for _ in 0..<100 { guest.send(WireText.ping(context: [UInt8(second)])) }
            world.pass(.seconds(1))
        }
        #expect(!guest.hasEnded)
        var bytes: [UInt8] = []
        world.run("the latest") {
            bytes += guest.takeAll()
            return bytes.last == 59
        }
        world.pass(.seconds(2))
        #expect(guest.available == 0)
        #expect(bytes.count <= ControlOutput.heartbeatLimit + 2 * 1024 + 64, "\(bytes.count)")
        guest.ping()
    }
}
