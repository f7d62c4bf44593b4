import Synchronization

/// One overlapped operation: its block, and what is to be done when its packet comes.
///
/// Never shared, and never used again while the kernel owns its block: a pending operation keeps
/// itself alive, and `begin` fails on it. Used again through ``IOCPOperationPool``.
final class IOCPOperation {
    enum Kind: UInt8 {
        case receive
        case send
        case accept
        case connect
    }

    let block: OverlappedBlock.Pointer
    private(set) var kind = Kind.receive
    /// Whom it concerns, while it is pending.
    private(set) var entry: IOCPEntry?
    /// The socket that an accept fills.
    var fresh: Handle?
    /// Where an accept stores the addresses; made when first needed.
    private var addressMemory: UnsafeMutableRawPointer?
    private let isPendingFlag = Atomic<Bool>(false)

    init() {
        block = .allocate(capacity: 1)
        block.initialize(to: OverlappedBlock())
    }

    deinit {
        // Nobody comes here while it is pending: the block's owner is a retain.
        block.deinitialize(count: 1)
        block.deallocate()
        addressMemory?.deallocate()
    }

    var isPending: Bool { isPendingFlag.load(ordering: .acquiring) }

    /// Hands the block to the kernel; false if it is there already.
    func begin(_ kind: Kind, _ entry: IOCPEntry) -> Bool {
        let (isOurs, _) = isPendingFlag.compareExchange(
            expected: false, desired: true, ordering: .acquiringAndReleasing)
        guard isOurs else { return false }
        self.kind = kind
        self.entry = entry
        block.pointee = OverlappedBlock(owner: .passRetained(self))
        entry.pendingCount.add(1, ordering: .acquiringAndReleasing)
        return true
    }

    /// Its packet has come, or it could not be started: the block is ours again.
    ///
    /// - Returns: whom it concerned; nil if it was not pending.
    func end() -> IOCPEntry? {
        let (wasPending, _) = isPendingFlag.compareExchange(
            expected: true, desired: false, ordering: .acquiringAndReleasing)
        guard wasPending, let entry else { return nil }
        self.entry = nil
        entry.pendingCount.subtract(1, ordering: .acquiringAndReleasing)
        return entry
    }

    func addresses(_ bytes: Int) -> UnsafeMutableRawPointer {
        if let addressMemory { return addressMemory }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
        addressMemory = memory
        return memory
    }
}
