import Synchronization

/// What the completion-port backend knows of a registered handle.
final class IOCPEntry: PollerEntry {
    /// Operations the kernel has not given back. The entry is freed at zero, never before.
    let pendingCount = Atomic<Int>(0)

    /// One of each kind at most.
    var isReceiving = false
    var isSending = false
    var isConnecting = false
    /// Waits for what is only watched; nil once its packet has come.
    var watch: (any PortWatch)?
    /// Accepts are to be in flight.
    var isAccepting = false
    /// Accepts in flight.
    var accepts = 0
    /// Connections that came while accepting was paused.
    var held: [Handle] = []

    var hasOperations: Bool { pendingCount.load(ordering: .acquiring) > 0 }
    var hasPending: Bool { hasOperations || watch != nil }
}
