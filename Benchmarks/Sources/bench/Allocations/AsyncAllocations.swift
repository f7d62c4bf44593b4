import CAllocationCounter
import ZeroMQ

/// The allocations of a stream through the async calls.
enum AsyncAllocations {
    static func run(_ round: Round) throws -> AllocationCount {
        try waiting {
            let link = try pipeline(round)
            let total = await Result {
                try await link.inTasks(
                    near: { try await receive(round, $0) },
                    far: {
                        let payload = Payload(size: round.size)
                        try await AsyncThroughput.send(round.total, payload, $0)
                    }
                ).near
            }
            await link.close()
            return AllocationCount(total: try total.get())
        }
    }

    private static func receive(_ round: Round, _ pull: PullSocket) async throws -> UInt64 {
        try await AsyncThroughput.receive(round.margin, Expected(round), pull)
        let before = allocation_counter_total()
        try await AsyncThroughput.receive(round.count, Expected(round), pull)
        let total = allocation_counter_total() - before
        try await AsyncThroughput.receive(round.margin, Expected(round), pull)
        return total
    }
}
