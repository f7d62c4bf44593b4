import Synchronization
import ZeroMQ

/// Waits for SIGINT or SIGTERM. A second signal ends the process at once.
struct Interrupt: Sendable {
    private let source: EventSource

    /// Installs the handlers; nil when the system has no descriptors left.
    init?(on thread: IOThread) {
        guard let pipe = System.makePipe() else { return nil }
        signalPipe.store(pipe.write, ordering: .releasing)
        source = EventSource(fileDescriptor: pipe.read, on: thread)
        System.onInterrupt(signalArrived)
    }

    /// Returns when the process was interrupted, or when the task is cancelled.
    func wait() async -> Bool {
        for await _ in source { return true }
        return false
    }
}

private let signalPipe = Atomic<Int32>(-1)
private let signalCount = Atomic<Int>(0)

/// Only what a signal handler may do: count, and write a byte to a pipe.
private func signalArrived(_ number: Int32) {
    if signalCount.add(1, ordering: .relaxed).newValue > 1 { System.quit(128 + number) }
    var byte: UInt8 = 1
    withUnsafeBytes(of: &byte) { _ = System.writeSome(signalPipe.load(ordering: .acquiring), $0) }
}
