extension SocketCore {
    func updateOptions(_ change: (inout SocketOptions) -> Void) throws(ZeroMQError) {
        try checkOpen()
        let before = options
        var after = before
        change(&after)
        try after.validate()
        lock.withLock { state.options = after }
        if after.sendHighWaterMark != before.sendHighWaterMark {
            sendSide?.setHighWaterMark(SocketOptions.limit(after.sendHighWaterMark))
        }
        if after.receiveHighWaterMark != before.receiveHighWaterMark {
            receiveSide?.setHighWaterMark(SocketOptions.limit(after.receiveHighWaterMark))
        }
        applyToPattern(after)
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
            let counters = receiveSide.lock.withLock { receiveSide.counters }
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
