extension SocketCore {
    /// Connects; returns at once, whatever becomes of it.
    func connect(_ text: String) throws(ZeroMQError) {
        try checkOpen()
        let options = options
        let endpoint = try parse(text, for: .connect, options)
        if reusesConnection, isConnected(text) { return }
        if case .exclusive = pattern, lock.withLock({ state.exclusivePeer != nil }) {
            throw ZeroMQError(.duplicatePeer, "a PAIR socket has one peer, and this one has it")
        }
        switch endpoint {
        case .tcp(let tcp): try connect(.tcp(tcp), text, options)
        case .ipc(let ipc):
            guard let address = ipc.address else {
                throw ZeroMQError(.invalidEndpoint, "no address to connect to", endpoint: text)
            }
            try connect(.local(address), text, options)
        case .inproc(let name): try connectInproc(name, text, options)
        }
    }

    /// These types take a second connect to the same endpoint as done, like libzmq's.
    private var reusesConnection: Bool {
        switch type {
        case .dealer, .subscriber, .publisher, .request: true
        default: false
        }
    }

    private func isConnected(_ text: String) -> Bool {
        lock.withLock { state.endpoints.contains { !$0.isBound && $0.matches(text) } }
    }

    private func connect(
        _ target: ConnectTarget, _ text: String, _ options: SocketOptions
    ) throws(ZeroMQError) {
        // STREAM knows its peers by connection; there is nothing to queue before there is one.
        let peer = options.immediate || type == .stream ? nil : makePeer(outlives: true, options)
        try claimConnectID(options, peer)
        if let peer { attach(peer) }
        let number = nextWorkerNumber()
        let thread = context.thread(for: options.affinity)
        let connector = Connector(
            target: target, endpoint: text, settings: settings(options, .connector), peer: peer,
            thread: thread, context: context, host: self,
            onReconnect: { self.reconnecting() },
            onClosed: { self.childClosed(number) })
        if peer == nil, let id = options.connectRoutingID {
            lock.withLock { state.connectIDs[ObjectIdentifier(connector)] = id }
        }
        let record = EndpointRecord(
            given: text, resolved: text, worker: .connector(connector), number: number)
        guard add(record) else {
            if let peer { abandon(peer) }
            throw lateError
        }
        thread.post { connector.start() }
    }

    private func reconnecting() {
        lock.withLock { state.reconnects &+= 1 }
    }

    private func connectInproc(
        _ name: [UInt8], _ text: String, _ options: SocketOptions
    ) throws(ZeroMQError) {
        let peer = makePeer(outlives: false, options)
        try claimConnectID(options, peer)
        attach(peer)
        let connect = InprocConnect(socket: self, peer: peer, name: name, endpoint: text)
        guard add(EndpointRecord(given: text, resolved: text, worker: .inprocConnected(connect)))
        else {
            abandon(peer)
            throw lateError
        }
        context.inproc.connect(connect)
    }

    /// `connectRoutingID` names the peer of this connect only.
    private func claimConnectID(_ options: SocketOptions, _ peer: Peer?) throws(ZeroMQError) {
        guard let id = options.connectRoutingID else { return }
        lock.withLock { state.options.connectRoutingID = nil }
        guard let side = sendSide else { return }
        let isReserved = lock.withLock { state.connectIDs.values.contains(id) }
        var isReachable = true
        let isFree = side.lock.withLock {
            switch pattern {
            case .router(let routed):
                if isReserved || routed.routes.holder(of: id) != nil { return false }
                if let pipe = peer?.outbound { isReachable = routed.routes.claim(id, for: pipe) }
                return true
            case .stream(let streams):
                return !isReserved && streams.routes.holder(of: id) == nil
            default:
                return true
            }
        }
        guard isFree, isReachable else {
            if let peer { forget(peer) }
            if isFree { throw ZeroMQError(.limitReached, Self.noRoute) }
            throw ZeroMQError(.duplicatePeer, "another peer has the routing id \(id)")
        }
        peer?.connectID = id
        peer?.inbound?.routingID = Frame(id.bytes)
    }

    /// Ends a bound endpoint. The port is free when this returns.
    func unbind(_ text: String) throws(ZeroMQError) {
        try remove(text, bound: true)
    }

    /// Ends a connected endpoint; what is queued for it still leaves, as `linger` allows.
    func disconnect(_ text: String) throws(ZeroMQError) {
        try remove(text, bound: false)
    }

    private func remove(_ text: String, bound: Bool) throws(ZeroMQError) {
        try checkOpen()
        let record: EndpointRecord? = lock.withLock {
            guard
                let index = state.endpoints.firstIndex(where: {
                    $0.isBound == bound && $0.matches(text)
                })
            else { return nil }
            let record = state.endpoints.remove(at: index)
            if case .connector(let connector) = record.worker {
                state.connectIDs[ObjectIdentifier(connector)] = nil
            }
            // It may take its time, and closing the socket may cut that short.
            if record.number != 0 { state.departing[record.number] = record.worker }
            return record
        }
        guard let record else {
            throw ZeroMQError(
                .endpointNotFound, "the socket is not \(bound ? "bound" : "connected") there",
                endpoint: text)
        }
        let deadline = options.linger.map { Instant.now().advanced(by: $0) } ?? .distantFuture
        end(record.worker, until: deadline, waits: true)
    }
}
