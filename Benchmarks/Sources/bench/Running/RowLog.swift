import Synchronization

/// The rows so far, also for those who end a run early.
final class RowLog: Sendable {
    private let rows = Mutex<[Row]>([])

    var all: [Row] { rows.withLock { $0 } }

    func add(_ more: [Row]) {
        rows.withLock { $0 += more }
    }
}
