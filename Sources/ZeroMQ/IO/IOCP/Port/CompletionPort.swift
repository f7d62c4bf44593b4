/// The system's calls that the completion-port poller makes: a thin seam, and nothing above it
/// knows what lies below.
///
/// `WindowsPort` passes them on to Windows. The tests have a scripted port that delivers packets in
/// every order, late and with every error, so that the logic of operations, entries and retirement
/// runs on every platform.
///
/// Calls return 0 or the system's error code. A call that *starts* an operation may return
/// ``pendingCode`` as well: with 0 and with that, one packet for the operation's block will come;
/// with any other code none will. ``doneCode`` says that the operation has succeeded already: no
/// packet comes, the block has the bytes.
protocol CompletionPort: SocketCalls {
    // MARK: Packets

    /// Has the operations of a handle complete on this port.
    func associate(_ handle: Handle) -> Int32

    /// Waits up to `milliseconds` (`UInt32.max`: for ever) for packets.
    ///
    /// - Returns: the code, and how many packets were stored; none and 0 when time was up.
    func dequeue(
        _ packets: UnsafeMutableBufferPointer<PortPacket>, _ milliseconds: UInt32
    ) -> (code: Int32, count: Int)

    /// Posts a packet without a block. Any thread.
    func post(key: UInt) -> Int32

    /// The code of an operation that has failed, from its block.
    func failure(of block: OverlappedBlock.Pointer, on handle: Handle) -> Int32

    // MARK: Starting operations

    func startReceive(
        _ handle: Handle, _ pieces: UnsafeBufferPointer<ReceiveBuffers.Piece>,
        _ block: OverlappedBlock.Pointer
    ) -> Int32

    func startSend(
        _ handle: Handle, _ pieces: UnsafeBufferPointer<IOVector>, _ block: OverlappedBlock.Pointer
    ) -> Int32

    /// Accepts into `fresh`, a socket that is not connected. `addresses` has room for
    /// ``acceptAddressBytes``.
    func startAccept(
        _ listener: Handle, into fresh: Handle, _ addresses: UnsafeMutableRawPointer,
        _ block: OverlappedBlock.Pointer
    ) -> Int32

    func startConnect(
        _ handle: Handle, to address: SocketAddress, _ block: OverlappedBlock.Pointer
    ) -> Int32

    /// Cancels whatever is pending on a handle; the packets still come.
    func cancel(_ handle: Handle)

    /// Has one packet with `key` and without a block posted once the handle can be read, or the
    /// watch was stopped. For handles that cannot be associated.
    func startWatch(_ handle: Handle, key: UInt) throws(IOError) -> any PortWatch

    // MARK: Sockets

    /// Makes a socket to accept into.
    func openFresh(for listener: Handle) throws(IOError) -> Handle
    /// Makes an accepted socket a full one (`SO_UPDATE_ACCEPT_CONTEXT`).
    func finishAccept(_ handle: Handle, from listener: Handle) -> Int32
    /// Makes a connected socket a full one (`SO_UPDATE_CONNECT_CONTEXT`).
    func finishConnect(_ handle: Handle) -> Int32
    func shutdownSend(_ handle: Handle)
}

/// Somebody who waits until a handle can be read, and posts a packet then.
protocol PortWatch: AnyObject {
    /// Has the packet come soon, whatever the handle does. Again and again until it has come: a
    /// call that was about to wait is not reached.
    func stop()
}

extension CompletionPort {
    /// `WSA_IO_PENDING`.
    static var pendingCode: Int32 { 997 }

    /// No code of the system's.
    static var doneCode: Int32 { -1 }

    /// Two addresses of the largest kind, and the 16 bytes that `AcceptEx` wants with each.
    static var acceptAddressBytes: Int { 2 * (128 + 16) }

    /// Whether a packet will come for an operation that was started with this code.
    @inline(__always)
    static func isStarted(_ code: Int32) -> Bool { code == 0 || code == pendingCode }
}
