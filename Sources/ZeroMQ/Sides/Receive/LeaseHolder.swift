import Synchronization

/// A thread that holds a ``ReceiveLease``, or once did.
///
/// One for each thread, and never another's: a thread that comes late, when its lease has ended
/// long ago, still touches what is its own.
struct LeaseHolder: ~Copyable {
    /// The number of the thread.
    let thread: UInt
    /// Whether it takes a message at this moment.
    let isTaking = Atomic<Bool>(false)
}
