import Testing

@testable import ZeroMQ

/// A connection whose bytes are written by hand.
final class HandDriver: PipeDriver, @unchecked Sendable {
    // Unchecked: used by one thread.

    /// What senders may write by themselves, in bytes; they get no further.
    var window = 0
    /// What senders wrote by themselves.
    private(set) var writtenBytes = 0
    var hasWritten: Bool { writtenBytes > 0 }
    /// Where the pieces of the last such write lay.
    private(set) var lastPieces: [IOVector] = []
    /// How often the I/O thread was told.
    private(set) var signals = 0
    /// How often it was told that there is room again.
    private(set) var drained = 0

    func outboundReady() { signals += 1 }
    func inboundDrained() { drained += 1 }
    func writeNow(_ vectors: UnsafeBufferPointer<IOVector>) -> Int {
        var count = 0
        lastPieces = Array(vectors)
        for vector in vectors where window > 0 {
            let part = min(window, vector.count)
            window -= part
            count += part
        }
        writtenBytes += count
        return count
    }
    func subscriptionsChanged() {}
    func closeAfterFlush() {}
    func abort(_ why: AbortReason) {}
}

/// A PUSH socket with peers that are connected to nothing, and a clock that the test drives.
final class HandDriven {
    let world = SimulatedWorld()
    let push: PushSocket
    let side: SendSide
    let driver = HandDriver()
    private(set) var peers: [Peer] = []
    /// The clock of the I/O thread.
    var now = Instant(nanoseconds: 0)

    init(peers count: Int = 1, highWaterMark: Int = 0, allowsOwnWrites: Bool = false) throws {
        push = try PushSocket(
            world.context, options: options { $0.sendHighWaterMark = highWaterMark })
        side = try #require(push.core.sendSide)
        for _ in 0..<count {
            let peer = push.core.makePeer(outlives: true, push.options)
            push.core.attach(peer)
            side.begin(
                try #require(peer.outbound), driver: driver, allowsOwnWrites: allowsOwnWrites)
            peers.append(peer)
        }
    }

    var pipe: OutboundPipe { get throws { try #require(peers[0].outbound) } }

    /// What the I/O thread would do next.
    @discardableResult
    func look(at pipe: OutboundPipe, after time: Duration = .zero) -> WriterStep {
        now = now.advanced(by: time)
        return side.nextStep(pipe, now: now)
    }

    /// Writes `count` bytes of the batch, in no time at all, and takes the next.
    func write(_ count: Int, of pipe: OutboundPipe) {
        pipe.flight.advance(count)
        look(at: pipe)
    }
}
