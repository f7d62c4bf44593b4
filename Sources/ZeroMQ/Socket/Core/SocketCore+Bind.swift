extension SocketCore {
    /// Binds, and returns the endpoint as others connect to it.
    func bind(_ text: String) throws(ZeroMQError) -> String {
        try checkOpen()
        let options = options
        let endpoint = try parse(text, for: .bind, options)
        let record: EndpointRecord
        switch endpoint {
        case .tcp(let tcp): record = try bindTCP(tcp, text, options)
        case .ipc(let ipc): record = try bindIPC(ipc, text, options)
        case .inproc(let name): record = try bindInproc(name, text)
        }
        guard add(record) else {
            discard(record.worker)
            throw lateError
        }
        if case .listener(let listener, _) = record.worker {
            listener.thread.post { listener.start() }
        }
        emit(.listening, record.resolved)
        if case .inprocBound(let name) = record.worker { context.inproc.linkWaiting(name, self) }
        return record.resolved
    }

    /// Gives back what was made for an endpoint that the socket, closing, could not take in.
    private func discard(_ worker: EndpointRecord.Worker) {
        switch worker {
        case .listener(let listener, let path):
            path?.release()
            listener.discard()
        case .inprocBound(let name): context.inproc.unbind(name, self)
        case .connector, .inprocConnected: break
        }
    }

    func parse(
        _ text: String, for purpose: EndpointPurpose, _ options: SocketOptions
    ) throws(ZeroMQError) -> Endpoint {
        let endpoint: Endpoint
        do {
            endpoint = try Endpoint(text, for: purpose, ipv6: options.ipv6)
            try endpoint.requireSystemSupport()
        } catch {
            throw ZeroMQError(error)
        }
        if type == .stream, endpoint.scheme != "tcp" {
            throw ZeroMQError(
                .unsupported, "a STREAM socket speaks tcp only", endpoint: text)
        }
        return endpoint
    }

    private func bindTCP(
        _ endpoint: TCPEndpoint, _ text: String, _ options: SocketOptions
    ) throws(ZeroMQError) -> EndpointRecord {
        let thread = context.thread(for: options.affinity)
        do throws(EndpointError) {
            var failure: IOError?
            for address in try endpoint.bindAddresses(ipv6: options.ipv6) {
                do throws(IOError) {
                    let handle = try thread.poller.openListener(address, options.listenOptions)
                    return record(handle, thread, nil, text, options) { $0.description }
                } catch {
                    // A machine without IPv6 is still bound by IPv4.
                    failure = error
                    if error.kind == .addressInUse { break }
                }
            }
            throw EndpointError(
                failure ?? IOError(.addressNotAvailable, during: .bind), at: .tcp(endpoint))
        } catch {
            throw bindFailed(error, text)
        }
    }

    private func bindIPC(
        _ endpoint: IPCEndpoint, _ text: String, _ options: SocketOptions
    ) throws(ZeroMQError) -> EndpointRecord {
        let thread = context.thread(for: options.affinity)
        do throws(EndpointError) {
            let (handle, path) = try IPCPath.listen(at: endpoint) { address throws(IOError) in
                try thread.poller.openListener(address, options.listenOptions)
            }
            return record(handle, thread, path, text, options) { _ in
                Endpoint.ipc(path.endpoint).description
            }
        } catch {
            throw bindFailed(error, text)
        }
    }

    private func bindFailed(_ error: EndpointError, _ text: String) -> ZeroMQError {
        emit(.bindFailed, text, reason: error.reason)
        return ZeroMQError(error)
    }

    private func record(
        _ handle: Handle, _ thread: IOThread, _ path: IPCPath?, _ text: String,
        _ options: SocketOptions, _ describe: (Endpoint) -> String
    ) -> EndpointRecord {
        let local = thread.poller.localAddress(of: handle).map { Endpoint($0) }
        let resolved = local.map(describe) ?? text
        let number = nextWorkerNumber()
        let listener = Listener(
            handle: handle, endpoint: resolved, settings: settings(options, .listener),
            thread: thread, context: context, host: self
        ) { self.childClosed(number) }
        return EndpointRecord(
            given: text, resolved: resolved, worker: .listener(listener, path), number: number)
    }

    func settings(_ options: SocketOptions, _ role: SessionRole) -> TransportSettings {
        TransportSettings(
            session: options.sessionConfiguration(type: type, role: role),
            stream: options.streamOptions, isRaw: type == .stream,
            maxPendingHandshakes: options.maxPendingHandshakes,
            reconnect: ReconnectPolicy(
                interval: options.reconnectInterval,
                maximumInterval: options.reconnectIntervalMax),
            connectTimeout: options.connectTimeout, usesIPv6: options.ipv6,
            affinity: options.affinity)
    }

    private func bindInproc(
        _ name: [UInt8], _ text: String
    ) throws(ZeroMQError) -> EndpointRecord {
        guard context.inproc.bind(name, self) else {
            throw ZeroMQError(.addressInUse, "another socket is bound there", endpoint: text)
        }
        return EndpointRecord(given: text, resolved: text, worker: .inprocBound(name))
    }
}

extension SocketOptions {
    fileprivate var listenOptions: ListenOptions {
        var listen = ListenOptions()
        listen.backlog = Int32(clamping: backlog)
        listen.reusesPort = reusePort
        listen.stream = streamOptions
        return listen
    }
}

extension ZeroMQError {
    /// What an endpoint's text or the system had against it.
    init(_ error: EndpointError) {
        let code: Code =
            switch error.code {
            case .invalid: .invalidEndpoint
            case .unsupported: .unsupported
            case .addressInUse: .addressInUse
            case .addressNotAvailable: .addressNotAvailable
            case .denied: .permissionDenied
            case .system: .system
            }
        self.init(code, error.reason)
    }
}
