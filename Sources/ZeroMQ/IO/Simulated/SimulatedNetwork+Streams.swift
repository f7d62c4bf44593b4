/// How connections are made, carry bytes, and end.
extension SimulatedNetwork {
    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle {
        try takeOpen()
        let address = assignPort(address)
        if listeners[address] != nil { throw IOError(.addressInUse, during: .bind) }
        let socket = open(.listener)
        socket.local = address
        socket.backlogLimit = Int(max(1, options.backlog))
        listeners[address] = socket
        return socket.handle
    }

    func openStream(_ source: SocketAddress?) throws(IOError) -> Handle {
        try takeOpen()
        let socket = open(.fresh)
        socket.local = source.map { assignPort($0) }
        return socket.handle
    }

    private func takeOpen() throws(IOError) {
        guard exhaustedOpens > 0 else { return }
        exhaustedOpens -= 1
        throw IOError(.exhausted, during: .openSocket)
    }

    func connect(_ socket: SimulatedSocket, to address: SocketAddress) {
        socket.role = .connecting
        socket.remote = address
        if socket.local == nil, !address.isLocal {
            socket.local = assignPort(
                address.isIPv6
                    ? SocketAddress(ipv6: 0, 1, port: 0)
                    : SocketAddress(ipv4: 0x7f00_0001, port: 0))
        }
        knock(from: socket, at: address, after: .zero)
    }

    /// The listener that answers for an address, its wildcard included.
    private func listener(at address: SocketAddress) -> SimulatedSocket? {
        if let exact = listeners[address] { return exact }
        if address.isLocal { return nil }
        let any = address.isIPv6 ? SocketAddress.anyIPv6 : .anyIPv4
        return listeners[any.with(port: address.port)]
            ?? listeners[SocketAddress.anyIPv6.with(port: address.port)]
    }

    /// Lets an event take effect.
    func perform(_ kind: SimulatedEvent.Kind) {
        switch kind {
        case .bytes(let bytes, let socket): arrive(bytes, at: socket)
        case .end(let socket):
            socket.hasEnded = true
            socket.touch()
        case .reset(let socket): breakConnection(socket)
        case .knock(let client, let address): answer(client, at: address)
        case .connected(let socket): settle(socket, .success(()))
        case .refused(let socket):
            settle(socket, .failure(IOError(.refused, during: .connect)))
        case .nothing: break
        }
    }

    private func arrive(_ bytes: [UInt8], at socket: SimulatedSocket) {
        socket.underway -= bytes.count
        if socket.isClosed {
            // Bytes for somebody who has gone are answered by a reset.
            if let peer = socket.peer { post(.reset(to: peer), to: peer) }
            return
        }
        if socket.isReset { return }
        socket.inbound.append(contentsOf: bytes)
        socket.touch()
    }

    private func breakConnection(_ socket: SimulatedSocket) {
        guard !socket.isReset, !socket.isClosed else { return }
        // What had arrived before can still be received.
        socket.isReset = true
        if socket.role == .connecting {
            settle(socket, .failure(IOError(.reset, during: .connect)))
        }
        socket.touch()
    }

    private func answer(_ client: SimulatedSocket, at address: SocketAddress) {
        guard client.role == .connecting, !client.isClosed, !silent.contains(address) else {
            return
        }
        guard !refusing.contains(address), let listener = listener(at: address) else {
            post(.refused(client), to: client)
            return
        }
        guard listener.backlog.count < listener.backlogLimit else {
            // The connect is not answered; the client's system tries again in a second.
            knock(from: client, at: address, after: .seconds(1))
            return
        }
        let server = open(.stream)
        server.local = address
        server.remote = client.local
        server.peer = client
        client.peer = server
        listener.backlog.append(server)
        listener.touch()
        post(.connected(client), to: client)
    }

    private func settle(_ socket: SimulatedSocket, _ result: Result<Void, IOError>) {
        guard socket.role == .connecting, !socket.isClosed else { return }
        if case .success = result { socket.role = .stream } else { socket.role = .fresh }
        socket.connectResult = result
        socket.touch()
    }

    // MARK: Bytes

    /// Takes as many bytes as there is room for, in random segments; nil if there is none.
    func send(_ pieces: UnsafeBufferPointer<IOVector>, from socket: SimulatedSocket) -> Int? {
        var total = 0
        for piece in pieces { total += piece.count }
        guard let peer = socket.peer, !peer.isClosed else {
            // The other end has gone: what is sent is lost, and the answer is a reset.
            post(.reset(to: socket), to: socket)
            return total
        }
        var count = min(total, peer.room)
        if count == 0 { return total == 0 ? 0 : nil }
        if chance(faults.partialSends, of: 100) { count = upTo(count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for piece in pieces where bytes.count < count {
            let part = min(piece.count, count - bytes.count)
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: piece.base, count: part))
        }
        segment(bytes, to: peer, from: socket)
        return count
    }

    private func segment(_ bytes: [UInt8], to peer: SimulatedSocket, from socket: SimulatedSocket) {
        peer.underway += bytes.count
        var rest = bytes[...]
        while !rest.isEmpty {
            if chance(faults.resets, of: 1_000_000) {
                peer.underway -= rest.count
                post(.reset(to: peer), to: peer)
                post(.reset(to: socket), to: socket)
                return
            }
            let size =
                faults.maximumSegment == .max
                ? rest.count : min(rest.count, upTo(faults.maximumSegment))
            post(.bytes(Array(rest.prefix(size)), to: peer), to: peer)
            rest = rest.dropFirst(size)
        }
    }

    /// Ends the sending direction.
    func shutdownSend(_ socket: SimulatedSocket) {
        guard socket.role == .stream, !socket.isSendClosed else { return }
        socket.isSendClosed = true
        if let peer = socket.peer { post(.end(to: peer), to: peer) }
    }

    /// Closes a handle; bytes nobody has read make it a reset, as in TCP.
    func close(_ handle: Handle) {
        guard let socket = socket(handle) else { return }
        forget(socket)
        let isAbortive = socket.available > 0
        socket.isClosed = true
        socket.held = []
        socket.entry = nil
        socket.inbox = nil
        if let address = socket.local, listeners[address] === socket { listeners[address] = nil }
        for waiting in socket.backlog {
            if let client = waiting.peer { post(.reset(to: client), to: client) }
            waiting.isClosed = true
            waiting.peer?.peer = nil
            waiting.peer = nil
            forget(waiting)
        }
        socket.backlog = []
        guard let peer = socket.peer, !socket.isReset else {
            socket.peer = nil
            return
        }
        if isAbortive {
            post(.reset(to: peer), to: peer)
        } else if !socket.isSendClosed {
            post(.end(to: peer), to: peer)
        }
        // Both ends have gone: nothing is left to tell anybody.
        if peer.isClosed {
            peer.peer = nil
            socket.peer = nil
        }
    }
}
