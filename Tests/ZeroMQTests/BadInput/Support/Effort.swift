@testable import ZeroMQ

/// What an exchange took in a simulated world: virtual time, and turns of the I/O threads.
struct Effort {
    var nanoseconds: Int64
    var turns: Int

    static func start(_ world: SimulatedWorld) -> Effort {
        Effort(nanoseconds: world.network.now.nanoseconds, turns: world.turns)
    }

    func end(_ world: SimulatedWorld) -> Effort {
        Effort(
            nanoseconds: world.network.now.nanoseconds - nanoseconds, turns: world.turns - turns)
    }
}

extension [Effort] {
    /// What 99 of a hundred do not exceed.
    var p99: Effort {
        let rank = Swift.max(0, (count * 99 + 99) / 100 - 1)
        return Effort(
            nanoseconds: map(\.nanoseconds).sorted()[rank], turns: map(\.turns).sorted()[rank])
    }
}
