import Synchronization

/// Messages that one thread takes without the lock of its ``ReceiveSide``.
///
/// The lock's atomic exchange, and all that is looked after under it, was most of what a small
/// message cost its receiver, which is nearly always one thread. So the side leases that thread
/// some messages of the segment it is at, and it cuts them out with plain loads and stores: 148
/// instructions a message where it took 282.
///
/// Whoever else wants to take messages ends the lease first. The barrier for each message that the
/// holder saves is then made up for: a call of the system has every thread execute one. Where there
/// is no such call nothing is leased.
///
/// Leases begin and end under the lock. To all others what is leased is still in its pipe, until
/// the lease ends: limits are never exceeded, and room may be seen a few messages late.
final class ReceiveLease: @unchecked Sendable {
    // Unchecked: `share` and `unwanted` belong to the holder, or where there is none to who has the
    // lock, and the rest is guarded by the lock.
    private typealias Holder = UnsafeMutablePointer<LeaseHolder>

    private let holder = Atomic<Holder?>(nil)
    /// What is leased, cut by the holder.
    let share = InboundPipe(slot: -1, highWaterMark: .max)
    /// Where it lies.
    private var pipe: InboundPipe?
    // Never freed before this is: a thread may look at one whenever it comes.
    private var holders: [Holder] = []
    private var patience = LeasePatience()
    /// What a SUB socket shows; nil for all others, which show everything. The side keeps it alive.
    private let filter: Unmanaged<FilteredReceive>?
    /// Whether that lets everything through, as long as this lease lasts.
    private var showsAll = true
    /// What the holder has come upon and it does not show.
    private var unwanted = 0

    /// So many threads may hold a lease some day; further ones use the lock.
    private static let mostHolders = 64
    /// A lease ends after so many messages, that others see where its holder is.
    private static let mostMessages = 64
    /// Fewer are no stream.
    private static let leastMessages = 8

    init(filter: FilteredReceive?) {
        self.filter = filter.map { .passUnretained($0) }
    }

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
        // Said before the second look: whoever ends the lease meanwhile, and has had the barrier
        // passed, sees this, or else this thread sees that the lease has ended.
        mine.pointee.begin()
        System.fenceCompiler()
        let hasMessage = holder.load(ordering: .relaxed) == mine && cut(into: &message)
        mine.pointee.end()
        return hasMessage
    }

    /// Cuts the next message that is to be shown. Lease held.
    @inline(__always)
    private func cut(into message: inout Message) -> Bool {
        guard share.hasMessageHere else { return false }
        share.cut(into: &message)
        return showsAll || passUnwanted(&message)
    }

    /// Goes on to the first message that is to be shown, from this one on. Lease held.
    @inline(never)
    private func passUnwanted(_ message: inout Message) -> Bool {
        guard let filter else { return true }
        while !filter._withUnsafeGuaranteedRef({ $0.wants(message) }) {
            unwanted += 1
            guard share.hasMessageHere else { return false }
            share.cut(into: &message)
        }
        return true
    }

    // MARK: With the lock

    /// Leases messages of `pipe` to this thread, if there are enough. There must be no lease.
    @inline(__always)
    func begin(with pipe: InboundPipe) {
        let most = min(pipe.leasableMessages, Self.mostMessages)
        if most >= Self.leastMessages, LeaseFence.isThere { begin(with: pipe, most) }
    }

    private func begin(with pipe: InboundPipe, _ most: Int) {
        guard patience.permitsLease(), let mine = holderOfThisThread() else { return }
        pipe.lend(most, to: share)
        self.pipe = pipe
        showsAll = filter?._withUnsafeGuaranteedRef { $0.wantsAll } ?? true
        holder.store(mine, ordering: .releasing)
    }

    /// Ends the lease, if there is one, and counts what its holder took.
    ///
    /// - Parameter isContended: whether a receiver asks, and not somebody who only looks.
    @inline(__always)
    func end(isContended: Bool, _ counters: inout ReceiveCounters) {
        guard let former = holder.load(ordering: .relaxed) else { return }
        end(former, isContended)
        let shown = (pipe?.takeBack(from: share) ?? 0) - unwanted
        counters.messages &+= UInt64(truncatingIfNeeded: shown)
        counters.drop(unwanted, .unexpected)
        unwanted = 0
        pipe = nil
    }

    private func end(_ former: Holder, _ isContended: Bool) {
        // The barrier orders this store and the look at what the holder does.
        holder.store(nil, ordering: .relaxed)
        if former.pointee.thread == System.currentThreadNumber {
            patience.wasOfUse()
        } else {
            LeaseFence.pass()
            former.pointee.wait()
            if isContended { patience.wasInVain() }
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
