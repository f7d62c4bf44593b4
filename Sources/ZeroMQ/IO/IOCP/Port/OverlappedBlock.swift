/// What the kernel sees of an operation: laid out like the system's `OVERLAPPED`, and behind it the
/// way back to the operation.
///
/// While an operation is pending the kernel owns the block: it neither moves nor is used again
/// before its packet has come.
struct OverlappedBlock {
    typealias Pointer = UnsafeMutablePointer<OverlappedBlock>

    // The kernel's part, 32 bytes. The status is an NTSTATUS.
    var status: UInt = 0
    var bytes: UInt = 0
    var offset: UInt64 = 0
    var event: UInt = 0

    /// Keeps the operation alive while it is pending; nil when it is not.
    var owner: Unmanaged<IOCPOperation>?

    /// The operation behind a block that came with a packet; nil if it is not pending.
    ///
    /// The caller takes over the retain.
    static func takeOwner(of block: Pointer) -> IOCPOperation? {
        guard let owner = block.pointee.owner else { return nil }
        block.pointee.owner = nil
        return owner.takeRetainedValue()
    }
}
