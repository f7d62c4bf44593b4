import Synchronization

/// Whose the connections of an I/O thread are, as far as others need to know: whether all are of
/// one, and whether tasks run there. Any thread.
final class Tenancy: Sendable {
    private let count = Atomic<Int>(0)
    /// The owners of all connections, added up. With one connection that is its owner.
    private let sum = Atomic<UInt>(0)
    private let jobs = Atomic<Bool>(false)

    /// A connection of `owner` has begun.
    func enter(_ owner: AnyObject) {
        sum.wrappingAdd(Self.number(of: owner), ordering: .relaxed)
        count.wrappingAdd(1, ordering: .releasing)
    }

    /// A connection of `owner` has ended.
    func leave(_ owner: AnyObject) {
        count.wrappingSubtract(1, ordering: .relaxed)
        sum.wrappingSubtract(Self.number(of: owner), ordering: .releasing)
    }

    /// Whether there is one connection, and `owner` has it. Who comes at the same time may be
    /// missed for this once.
    @inline(__always)
    func isSole(_ owner: AnyObject) -> Bool {
        count.load(ordering: .acquiring) == 1
            && sum.load(ordering: .relaxed) == Self.number(of: owner)
    }

    /// A task or an actor runs on the thread.
    @inline(__always)
    func noteJob() {
        if !hasJobs { jobs.store(true, ordering: .sequentiallyConsistent) }
    }

    /// Whether a task or an actor ever did.
    @inline(__always)
    var hasJobs: Bool { jobs.load(ordering: .acquiring) }

    private static func number(of owner: AnyObject) -> UInt {
        UInt(bitPattern: Unmanaged.passUnretained(owner).toOpaque())
    }
}
