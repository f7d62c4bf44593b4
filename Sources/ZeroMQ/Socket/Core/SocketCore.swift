/// The type-erased socket behind every typed one: its two halves, its endpoints and its life.
///
/// It has no public members of its own; use the typed sockets.
public final class SocketCore: @unchecked Sendable {
    // Unchecked: mutable state is guarded by `lock`.
    let type: SocketType
    let context: Context
    let sendSide: SendSide?
    let receiveSide: ReceiveSide?
    // The same two without a retain for each message; they live as long as this object.
    let sendReference: Unmanaged<SendSide>?
    let receiveReference: Unmanaged<ReceiveSide>?
    let pattern: Pattern
    let hub = EventHub()
    let slots: SlotPool
    let lock = Lock()
    /// One change of options is applied at a time.
    let applyLock = Lock()
    var state: State

    /// Everything that changes, guarded by `lock`.
    struct State {
        var options: SocketOptions
        var endpoints: [EndpointRecord] = []
        /// Unbound or disconnected, and still busy with what was queued: by the worker's number.
        var departing: [Int: EndpointRecord.Worker] = [:]
        var nextWorker = 0
        var lastEndpoint: String?
        /// Listeners and connectors that are not gone yet.
        var children = 0
        var peers = 0
        var exclusivePeer: Int?
        /// The names of peers that exist only while connected, by their connector.
        var connectIDs: [ObjectIdentifier: RoutingID] = [:]
        var closing: Closing?
        var closeWaiters: [Waiter] = []
        var isClosed = false
        var connections: UInt64 = 0
        var reconnects: UInt64 = 0
        var handshakeFailures: UInt64 = 0
        var ignoredFrames: UInt64 = 0
        var dropped = DropCounts()
    }

    /// How the socket is being closed.
    struct Closing {
        var deadline: Instant
    }

    init(_ type: SocketType, _ context: Context, _ options: SocketOptions) throws(ZeroMQError) {
        try options.validate()
        let slots = SlotPool()
        let parts = SocketParts(type, options, context: context, slots: slots)
        self.type = type
        self.context = context
        self.slots = slots
        sendSide = parts.sendSide
        receiveSide = parts.receiveSide
        sendReference = parts.sendSide.map { Unmanaged.passUnretained($0) }
        receiveReference = parts.receiveSide.map { Unmanaged.passUnretained($0) }
        pattern = parts.pattern
        state = State(options: options)
        try context.register(self)
    }

    var options: SocketOptions { lock.withLock { state.options } }

    /// Throws where waiting would be waiting for oneself.
    func checkMayBlock() throws(ZeroMQError) {
        if context.isOnIOThread {
            throw .wrongState("an I/O thread cannot block: it would wait for itself")
        }
    }

    /// Throws when the socket can no longer be used.
    func checkOpen() throws(ZeroMQError) {
        try context.checkProcess()
        // The context closes its sockets one after the other: this one may still be to come.
        if context.endError != nil || lock.withLock({ state.closing != nil }) { throw lateError }
    }
}
