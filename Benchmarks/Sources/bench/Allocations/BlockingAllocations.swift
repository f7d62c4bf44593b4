import CAllocationCounter
import ZeroMQ

/// The allocations of a stream through the blocking calls.
enum BlockingAllocations {
    static func run(_ round: Round) throws -> AllocationCount {
        let link = try pipeline(round)
        defer { link.closeBlocking() }
        let (received, sent) = try link.onThreads(
            near: { try receive(round, $0) }, far: { try send(round, $0) })
        return AllocationCount(sending: sent, receiving: received.own, total: received.total)
    }

    private static func send(_ round: Round, _ push: PushSocket) throws -> UInt64 {
        let payload = Payload(size: round.size)
        try BlockingThroughput.send(round.margin, payload, push)
        let own = try AllocationCount.onThisThread {
            try BlockingThroughput.send(round.count, payload, push)
        }
        try BlockingThroughput.send(round.margin, payload, push)
        return own
    }

    private static func receive(
        _ round: Round, _ pull: PullSocket
    ) throws -> (own: UInt64, total: UInt64) {
        try BlockingThroughput.receive(round.margin, Expected(round), pull)
        let before = allocation_counter_total()
        let own = try AllocationCount.onThisThread {
            try BlockingThroughput.receive(round.count, Expected(round), pull)
        }
        let total = allocation_counter_total() - before
        try BlockingThroughput.receive(round.margin, Expected(round), pull)
        return (own, total)
    }
}
