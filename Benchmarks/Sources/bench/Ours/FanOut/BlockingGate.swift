import CBenchSupport

/// The gate of the loops in C.
final class BlockingGate: @unchecked Sendable {
    // Unchecked: the gate has a lock of its own.
    private let gate: OpaquePointer

    init(count: Int) throws {
        guard let gate = bench_gate_open(count) else { throw BenchmarkError("no memory") }
        self.gate = gate
    }

    deinit {
        bench_gate_close(gate)
    }

    /// A subscriber hears the publisher.
    func ready() { bench_gate_ready(gate) }
    var isReady: Bool { bench_gate_is_ready(gate) }

    func report(_ index: Int, _ progress: Int) {
        bench_gate_report(gate, index, UInt64(progress))
    }

    /// Waits until every subscriber has got its share of the first `progress` messages.
    func wait(for progress: Int) throws {
        guard bench_gate_wait(gate, UInt64(progress)) else {
            throw BenchmarkError("a subscriber failed")
        }
    }

    func end() { bench_gate_break(gate) }
}
