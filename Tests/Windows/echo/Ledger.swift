import Synchronization

/// What is out: operations, entries and objects that have to come back.
final class Ledger: Sendable {
    /// Operations that the system has, as the poller's trace tells it.
    let operations = Atomic<Int>(0)
    /// The most at one time.
    let mostOperations = Atomic<Int>(0)
    let started = Atomic<Int>(0)
    let aborted = Atomic<Int>(0)
    /// Ends registered and not yet told that they are retired.
    let registered = Latch()
    /// Objects of ends.
    let objects = Atomic<Int>(0)
    /// Outcomes that break the rules: behind `.retired`, behind `retire`, or without an operation.
    let faults = Atomic<Int>(0)

    func note(_ event: IOCPTrace) {
        switch event {
        case .started:
            started.add(1, ordering: .relaxed)
            let now = operations.add(1, ordering: .relaxed).newValue
            mostOperations.max(now, ordering: .relaxed)
        case .ended(_, _, let code, _):
            operations.subtract(1, ordering: .relaxed)
            if code == CompletionStatus.Code.operationAborted {
                aborted.add(1, ordering: .relaxed)
            }
        case .refused, .retired, .freed: break
        }
    }
}
