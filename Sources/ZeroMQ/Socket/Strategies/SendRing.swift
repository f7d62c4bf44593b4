/// The peers that have room, in turn. One whose queue is full is parked: out of the ring until it
/// has half drained.
struct SendRing: Sendable {
    private var ring = RoundRobin()

    /// How many peers have room.
    @inline(__always)
    var count: Int { ring.activeCount }

    /// The slot the next message goes to, without taking its turn.
    var peek: Int? { ring.peek }

    /// The slot the next message goes to; the turn passes on.
    @inline(__always)
    mutating func next() -> Int? { ring.next() }

    /// Takes a pipe out of the ring if the message just appended has filled it.
    @inline(__always)
    mutating func settle(_ pipe: OutboundPipe) {
        if !pipe.hasRoom { park(pipe) }
    }

    /// Takes a full pipe out of the ring.
    mutating func park(_ pipe: OutboundPipe) {
        ring.deactivate(pipe.slot)
        pipe.isParked = true
    }

    mutating func add(_ pipe: OutboundPipe) { ring.activate(pipe.slot) }

    mutating func remove(_ pipe: OutboundPipe) { ring.deactivate(pipe.slot) }
}

/// A strategy that gives each message to one peer, in turn.
protocol RingSendStrategy: SendStrategy {
    var ring: SendRing { get set }
}

extension RingSendStrategy {
    func attached(_ pipe: OutboundPipe, to side: SendSide) { ring.add(pipe) }
    func detached(_ pipe: OutboundPipe, from side: SendSide) { ring.remove(pipe) }
    func hasRoom(_ pipe: OutboundPipe) { ring.add(pipe) }
    func isFull(_ pipe: OutboundPipe) { ring.park(pipe) }
}
