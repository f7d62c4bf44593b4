import CAllocationCounter

/// Calls that allocate, while the counted messages were under way.
struct AllocationCount: Sendable {
    /// Nil where no thread is dedicated to it: a task moves between threads.
    var sending: UInt64?
    var receiving: UInt64?
    /// On every thread of the process, the I/O threads included.
    var total: UInt64?

    /// How many allocations the calling thread makes in `body`.
    static func onThisThread(_ body: () throws -> Void) rethrows -> UInt64 {
        let before = allocation_counter_of_this_thread()
        try body()
        return allocation_counter_of_this_thread() - before
    }
}
