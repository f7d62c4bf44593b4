import Synchronization

/// A thread that waits for what the loop of an I/O thread is to bring it.
protocol LoopGuest: AnyObject, Sendable {
    /// Whether there is no more need to wait.
    var isAwake: Bool { get }
}

/// Lends the loop of an I/O thread to a thread that would only wait for it.
///
/// A blocked receiver that owns the only connection of an I/O thread is woken by that thread for
/// each message: two threads wake one after the other where one would do. So the I/O thread leaves
/// its loop to the receiver, which waits in the kernel itself. While the receiver works on what it
/// received nobody runs the loop; the I/O thread looks every ``tick`` and takes it back when nobody
/// came for it, and at once when there is something to do. While the receiver waits for long the
/// I/O thread sleeps, and costs nothing.
///
/// Measured over loopback with 64 bytes, from a DEALER to a ROUTER and back, on a busy machine:
/// 85 us before, 66 us this way, and 59 us for the bare socket.
///
/// ```
///        lend             take            (a tick)
/// home ───────▶ vacant ◀────────▶ taken ───────────▶ takenForLong
///   ▲             │     giveBack    │                     │
///   └─────────────┴─────────────────┴─────────────────────┘
///     a tick, or something to do, or the guest has no more use for it
/// ```
final class LoopLoan: @unchecked Sendable {
    // Unchecked: guarded by `lock`, but for the two atomic hints.
    private enum State {
        case home
        /// Nobody runs the loop.
        case vacant
        case taken
        /// The I/O thread sleeps, and has to be woken.
        case takenForLong
    }

    /// How often the I/O thread looks. A loop is vacant for twice as long at most.
    private static let tick = Duration.milliseconds(1)

    private let lock = Lock()
    private var state = State.home
    /// Changes with every step of a guest.
    private var steps: UInt64 = 0
    private var candidate: (any LoopGuest)?
    private let parker = ThreadParker()
    private let asked = Atomic<Bool>(false)
    private let vacancy = Atomic<Bool>(false)

    // MARK: Any thread

    /// Whether nobody runs the loop. A hint: it may be over already.
    @inline(__always)
    var isVacant: Bool { vacancy.load(ordering: .relaxed) }

    /// Has the loop taken back by its thread if nobody runs it.
    ///
    /// - Returns: false if somebody does, who is to be woken otherwise.
    @discardableResult
    func callHome() -> Bool {
        let wasVacant = lock.withLock {
            guard state == .vacant else { return false }
            change(to: .home)
            return true
        }
        if wasVacant { parker.unpark() }
        return wasVacant
    }

    // MARK: The guest

    /// Says that the I/O thread may leave the loop to `guest` once it has woken it.
    func ask(for guest: any LoopGuest) {
        lock.withLock {
            candidate = guest
            asked.store(true, ordering: .relaxed)
        }
    }

    /// Takes a vacant loop.
    func take() -> Bool {
        lock.withLock {
            guard state == .vacant else { return false }
            change(to: .taken)
            return true
        }
    }

    /// Gives the loop back: for a while if it is `left` vacant and nothing is to be done, which is
    /// asked with the lock held, and otherwise for good.
    func giveBack(left: Bool, unless isBusy: () -> Bool) {
        let mustWake = lock.withLock {
            let slept = state == .takenForLong
            let isLeft = left && !isBusy()
            change(to: isLeft ? .vacant : .home)
            return slept || !isLeft
        }
        if mustWake { parker.unpark() }
    }

    // MARK: The I/O thread

    /// Whether somebody has asked for the loop.
    @inline(__always)
    var isAskedFor: Bool { asked.load(ordering: .relaxed) }

    /// Leaves the loop to who has asked for it, if it has been woken and there is nothing to do,
    /// which is asked with the lock held. Returns when the loop is home again.
    func lend(unless isBusy: () -> Bool) {
        lock.lock()
        guard let guest = candidate, guest.isAwake, !isBusy() else { return lock.unlock() }
        candidate = nil
        asked.store(false, ordering: .relaxed)
        change(to: .vacant)
        var seen = steps
        var isNear = true
        lock.unlock()
        while true {
            _ = parker.park(until: isNear ? Instant.now().advanced(by: Self.tick) : nil)
            lock.lock()
            defer { lock.unlock() }
            if state == .vacant, steps == seen { change(to: .home) }
            if state == .taken, steps == seen { state = .takenForLong }
            if state == .home { return }
            isNear = state != .takenForLong
            seen = steps
        }
    }

    private func change(to new: State) {
        state = new
        steps &+= 1
        vacancy.store(new == .vacant, ordering: .relaxed)
    }
}
