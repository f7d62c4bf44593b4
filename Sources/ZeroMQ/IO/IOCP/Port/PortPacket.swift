/// What a port hands out: laid out like the system's `OVERLAPPED_ENTRY`.
struct PortPacket {
    /// What the packet was posted with; 0 for an operation's.
    var key: UInt
    /// The block of the operation that has ended; nil for a posted packet.
    var block: OverlappedBlock.Pointer?
    /// The operation's status, an NTSTATUS: 0 for success.
    var status: UInt
    /// The bytes moved.
    var bytes: UInt32

    init(key: UInt, block: OverlappedBlock.Pointer? = nil, status: UInt = 0, bytes: UInt32 = 0) {
        self.key = key
        self.block = block
        self.status = status
        self.bytes = bytes
    }

    /// The key of operations.
    static let operationKey: UInt = 0
    /// The key of a wake-up.
    static let wakeKey = UInt.max

    /// The key that tells that a watched entry can be read. Never one of the two above: no index
    /// reaches 2^32 - 1.
    static func watchKey(_ id: EntryID) -> UInt {
        UInt(truncatingIfNeeded: (UInt64(id.generation) << 32 | UInt64(id.index)) &+ 1)
    }

    /// The entry a watch key tells of.
    static func watched(_ key: UInt) -> EntryID {
        let value = UInt64(key) &- 1
        return EntryID(
            index: UInt32(truncatingIfNeeded: value),
            generation: UInt32(truncatingIfNeeded: value >> 32))
    }
}
