import Synchronization

/// Messages that one thread takes without the lock of its ``ReceiveSide``.
///
/// The lock's atomic exchange, and all that is looked after under it, was most of what a small
/// message cost its receiver, who is nearly always one thread. So the side leases that thread a
/// whole segment, and it cuts the messages out with plain loads and stores: measured, 8 bytes over
/// tcp went 1.3 times as fast.
///
/// Whoever else wants to look at them ends the lease first. What the holder saves, a barrier for
/// each message, he has to make up for: a call of the system has every thread execute one. Where
/// there is no such call nothing is leased.
///
/// Leases begin and end under the lock. What is left of one that has ended is guarded by the lock,
/// like every other queue.
final class ReceiveLease: @unchecked Sendable {
    // Unchecked: `queue` belongs to the holder, or where there is none to who has the lock, and the
    // rest is guarded by the lock.
    private typealias Holder = UnsafeMutablePointer<LeaseHolder>

    /// What is leased, and what is left of that.
    let queue = InboundPipe(slot: -1, highWaterMark: .max)
    private let holder = Atomic<Holder?>(nil)
    // Never freed before this is: a thread may look at one whenever it comes.
    private var holders: [Holder] = []
    private var begunWith = 0
    private var patience = LeasePatience()

    /// Leases to further threads are not worth the memory.
    private static let mostHolders = 64
    /// Smaller segments are no stream.
    private static let leastMessages = 8
    private static let spins = 100
    private static let isPossible = System.prepareFence()

    deinit {
        for holder in holders {
            holder.deinitialize(count: 1)
            holder.deallocate()
        }
    }

    // MARK: Without the lock

    /// Takes a message, if this thread holds the lease and there is one left.
    @inline(__always)
    func take(into message: inout Message) -> Bool {
        guard let mine = holder.load(ordering: .acquiring),
            mine.pointee.thread == System.currentThreadNumber
        else { return false }
        mine.pointee.isTaking.store(true, ordering: .relaxed)
        System.fenceCompiler()
        let isStillMine = holder.load(ordering: .relaxed) == mine && queue.hasMessage
        if isStillMine { queue.cut(into: &message) }
        mine.pointee.isTaking.store(false, ordering: .releasing)
        return isStillMine
    }

    // MARK: With the lock

    /// Leases the next segment of `pipe` to this thread, if it is worth it, and puts its first
    /// message into `message`. There must be no lease.
    func begin(with pipe: InboundPipe, _ message: inout Message) -> Bool {
        guard Self.isPossible, patience.isOver(), let mine = holderOfThisThread(),
            pipe.moveSegment(to: queue, ifAtLeast: Self.leastMessages)
        else { return false }
        queue.cut(into: &message)
        begunWith = queue.queuedMessages
        holder.store(mine, ordering: .releasing)
        return true
    }

    /// Ends the lease, if there is one; returns how many messages its holder took.
    ///
    /// - Parameter isContended: whether a receiver asks, and not somebody who only looks.
    @inline(__always)
    func end(isContended: Bool) -> Int {
        guard let former = holder.load(ordering: .relaxed) else { return 0 }
        return end(former, isContended)
    }

    private func end(_ former: Holder, _ isContended: Bool) -> Int {
        holder.store(nil, ordering: .relaxed)
        if former.pointee.thread == System.currentThreadNumber {
            patience.wasOfUse()
        } else {
            // From here on the former holder sees that he is none, or we see that he is at it.
            System.fenceThreads()
            wait(for: former)
            if isContended { patience.wasInVain() }
        }
        queue.releaseIdleMemory()
        return begunWith - queue.queuedMessages
    }

    /// Waits until the former holder has what he is taking: nanoseconds, if his thread runs.
    private func wait(for former: Holder) {
        var looks = 0
        while former.pointee.isTaking.load(ordering: .acquiring) {
            looks += 1
            if looks < Self.spins { System.pause() } else { System.pause(milliseconds: 1) }
        }
    }

    /// Forgets a holder that a fork has left behind. In the child only.
    func breakAfterFork() { holder.store(nil, ordering: .relaxed) }

    private func holderOfThisThread() -> Holder? {
        let thread = System.currentThreadNumber
        if let known = holders.first(where: { $0.pointee.thread == thread }) { return known }
        guard holders.count < Self.mostHolders else { return nil }
        let fresh = Holder.allocate(capacity: 1)
        fresh.initialize(to: LeaseHolder(thread: thread))
        holders.append(fresh)
        return fresh
    }
}
