import CBenchSupport

/// Seconds since it was made, on the wall and of the cores.
struct Stopwatch: Sendable {
    private let start = ContinuousClock.now
    private let spent = bench_cpu_seconds()

    /// What all threads of the process have spent meanwhile.
    var cpuSeconds: Double { bench_cpu_seconds() - spent }

    var seconds: Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }
}
