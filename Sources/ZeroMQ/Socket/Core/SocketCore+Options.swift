extension SocketCore {
    func updateOptions(_ change: (inout SocketOptions) -> Void) throws(ZeroMQError) {
        try checkOpen()
        let before = try storeOptions(change)
        // In order: of two marks the one that is stored last is the one that holds.
        applyLock.withLock { apply(options, after: before) }
    }

    /// Changes the options; returns those before. Nobody's lock is held while `change` runs, which
    /// may ask for anything; so it runs again when another change came first.
    private func storeOptions(
        _ change: (inout SocketOptions) -> Void
    ) throws(ZeroMQError) -> SocketOptions {
        while true {
            let before = options
            var after = before
            change(&after)
            try after.validate()
            let isStored = lock.withLock {
                guard state.options == before else { return false }
                state.options = after
                return true
            }
            if isStored { return before }
        }
    }

    private func apply(_ options: SocketOptions, after before: SocketOptions) {
        if options.sendHighWaterMark != before.sendHighWaterMark {
            sendSide?.setHighWaterMark(SocketOptions.limit(options.sendHighWaterMark))
        }
        if options.receiveHighWaterMark != before.receiveHighWaterMark {
            receiveSide?.setHighWaterMark(SocketOptions.limit(options.receiveHighWaterMark))
        }
        applyToPattern(options)
    }

    private func applyToPattern(_ options: SocketOptions) {
        switch pattern {
        case .router(let routes):
            sendSide?.lock.withLock { routes.isMandatory = options.routerMandatory }
        case .publisher(let fanOut):
            sendSide?.lock.withLock { fanOut.noDrop = options.xpubNoDrop }
        case .request(let state):
            state.update(options.requestSettings)
        default: break
        }
    }

    var statistics: SocketStatistics {
        var result = SocketStatistics()
        var drops = DropCounts()
        if let sendSide {
            let counters = sendSide.lock.withLock { sendSide.counters }
            result.messagesSent = counters.messages
            result.bytesSent = counters.bytes
            drops.add(counters.dropped)
        }
        if let receiveSide {
            let counters = receiveSide.countersNow
            result.messagesReceived = counters.messages
            result.bytesReceived = counters.bytes
            drops.add(counters.dropped)
        }
        lock.withLock {
            result.peers = state.peers
            result.connections = state.connections
            result.reconnects = state.reconnects
            result.handshakeFailures = state.handshakeFailures
            result.ignoredFrames = state.ignoredFrames
            drops.add(state.dropped)
        }
        result.dropped = drops.byReason
        return result
    }
}
