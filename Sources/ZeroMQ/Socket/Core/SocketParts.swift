/// Composes a socket type from its strategies: the one place that says what each type is made of.
struct SocketParts {
    private(set) var sendSide: SendSide?
    private(set) var receiveSide: ReceiveSide?
    private(set) var pattern = Pattern.plain

    init(_ type: SocketType, _ options: SocketOptions, context: Context, slots: SlotPool) {
        let pool = context.chunks
        let seed = context.randomSeed()
        var send: (any SendStrategy)?
        var receive: (any ReceiveStrategy)?
        var filter: FilteredReceive?
        switch type {
        case .push:
            send = RoundRobinSend()
        case .pull:
            receive = PlainReceive()
        case .dealer:
            send = RoundRobinSend()
            receive = PlainReceive()
        case .pair:
            send = RoundRobinSend()
            receive = PlainReceive()
            pattern = .exclusive
        case .publisher, .xPublisher:
            let fanOut = FanOutSend(options: options, pool: pool)
            send = fanOut
            receive = type == .xPublisher ? PlainReceive() : nil
            pattern = .publisher(fanOut)
        case .subscriber:
            filter = FilteredReceive(invertsMatching: options.invertMatching)
            receive = filter
        case .xSubscriber:
            send = BroadcastSend(pool: pool)
            receive = PlainReceive()
        case .router:
            let routed = RoutedSend(options: options, seed: seed)
            send = routed
            receive = RoutedReceive()
            pattern = .router(routed)
        case .stream:
            let stream = StreamSend(seed: seed)
            send = stream
            receive = RoutedReceive()
            pattern = .stream(stream)
        case .request:
            let state = RequestState(options, seed: UInt32(truncatingIfNeeded: seed))
            send = RequestSend(state: state)
            receive = RequestReceive(state: state)
            pattern = .request(state)
        case .reply:
            let state = ReplyState()
            send = ReplySend(state: state)
            receive = ReplyReceive(state: state)
        }
        let conflates = options.conflate && type.canConflate
        sendSide = send.map { SendSide(strategy: $0, conflates: conflates, slots: slots) }
        receiveSide = receive.map {
            ReceiveSide(
                strategy: $0, conflates: conflates, slots: slots,
                byteLimit: options.receiveByteLimit, holdsCrowds: type != .xPublisher,
                mostNotices: options.peerLimits.subscriptions, pool: pool)
        }
        setPreflight(type, filter)
    }

    /// What some types do before each send, and the subscriptions of those that subscribe.
    private mutating func setPreflight(_ type: SocketType, _ filter: FilteredReceive?) {
        if type == .subscriber || type == .xSubscriber, let receiveSide {
            let registry = SubscriptionRegistry(filter: filter, receiveSide: receiveSide)
            pattern = .subscriber(registry)
            sendSide?.preflight = { (frame) throws(ZeroMQError) in try registry.takeOut(frame) }
        }
        if case .request(let request) = pattern, let receiveSide {
            sendSide?.preflight = { _ in
                // Out of turn the reply that waits is the one that is wanted.
                if request.maySend { receiveSide.discardStaleReplies() }
                return false
            }
        }
    }
}

extension SocketType {
    /// Whether `conflate` means something for the type.
    fileprivate var canConflate: Bool {
        switch self {
        case .push, .pull, .publisher, .subscriber, .dealer: true
        default: false
        }
    }
}

extension SocketOptions {
    var requestSettings: RequestState.Settings {
        RequestState.Settings(
            isRelaxed: requestRelaxed, correlates: requestCorrelate, probes: probeRouter)
    }
}
