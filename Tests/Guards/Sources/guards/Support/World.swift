@testable import ZeroMQ

/// A context whose one I/O thread is driven by hand over a simulated network: no clock, no other
/// thread, no sends past the I/O thread, and so the same count every time.
final class World {
    let context: Context
    private let thread: IOThread

    init() {
        let network = SimulatedNetwork(seed: 1, faults: .completing)
        thread = IOThread(name: "guards", poller: SimulatedPoller(network))
        context = Context(ContextOptions(), threads: [thread], resolver: ThreadedResolver())
    }

    deinit { thread.stop() }

    func settle() {
        for _ in 0..<8 { thread.runTurn(wait: false) }
    }

    /// Runs until the condition holds.
    func run(until condition: () throws -> Bool) throws {
        var turns = 0
        while try !condition() {
            thread.runTurn(wait: turns % 2 == 0)
            turns += 1
            if turns > 100_000 { throw WrongResult() }
        }
    }
}
