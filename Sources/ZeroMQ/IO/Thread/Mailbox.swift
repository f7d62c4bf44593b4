import Synchronization

/// Something that wants a moment on the I/O thread, again and again: a pipe with bytes to send.
protocol Flushable: AnyObject, Sendable {
    /// Runs on the I/O thread, once for each time it was scheduled.
    func flush()
}

/// What other threads have for an I/O thread to do, in the order it came.
///
/// Two arrays take turns, one being filled while the other is worked off; both keep their capacity,
/// so nothing is allocated once they have grown to the load.
///
/// No wake-up is lost, none is sent in vain: the I/O thread sets `isSleeping` *before* it looks at
/// the mailbox under the lock a last time. A sender's section comes either before that look, and
/// the item is seen, or after it, and then the lock has made the flag visible to the sender. The
/// flag is taken with an exchange, so that of many senders one writes the wake-up.
final class Mailbox: @unchecked Sendable {  // the array and flag are guarded by the lock
    enum Item {
        case command(@Sendable () -> Void)
        case flush(any Flushable)
        #if !hasFeature(Embedded)
            case job(UnownedJob)
        #endif
    }

    /// What became of an item that was put in.
    enum Admission {
        /// It will be seen without a wake-up.
        case accepted
        /// The I/O thread sleeps: the sender must wake it.
        case acceptedWakeUp
        /// The mailbox is closed; the item was not taken.
        case closed
    }

    private let lock = Lock()
    private let isSleeping = Atomic<Bool>(false)
    private var items: [Item] = []
    private var isClosed = false

    init() {}

    /// Puts an item in. Any thread.
    @inline(__always)
    func put(_ item: consuming Item) -> Admission {
        lock.lock()
        if isClosed {
            lock.unlock()
            return .closed
        }
        items.append(item)
        lock.unlock()
        if isSleeping.load(ordering: .relaxed),
            isSleeping.exchange(false, ordering: .relaxed)
        {
            return .acceptedWakeUp
        }
        return .accepted
    }

    /// Takes all items, giving an empty array in exchange.
    ///
    /// - Returns: false if there were none.
    func take(_ empty: inout [Item]) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        if items.isEmpty { return false }
        swap(&items, &empty)
        return true
    }

    /// Whether there is nothing to take.
    var isEmpty: Bool { lock.withLock { items.isEmpty } }

    /// Says that the I/O thread is about to sleep.
    ///
    /// - Returns: false if it must not, for there is something to do.
    func prepareToSleep() -> Bool {
        isSleeping.store(true, ordering: .relaxed)
        lock.lock()
        let mustStay = !items.isEmpty || isClosed
        lock.unlock()
        if mustStay { awake() }
        return !mustStay
    }

    /// Says that the I/O thread is up: nobody needs to wake it.
    @inline(__always)
    func awake() { isSleeping.store(false, ordering: .relaxed) }

    /// Takes nothing more in. What is there stays to be taken.
    func close() {
        lock.lock()
        isClosed = true
        lock.unlock()
    }
}
