extension SocketCore {
    // MARK: A peer's subscriptions (PUB, XPUB)

    func subscribe(_ topic: [UInt8], for peer: Peer) -> SubscriptionLimitError? {
        guard case .publisher(let fanOut) = pattern, let side = sendSide else { return nil }
        let options = options
        if options.xpubManual, type == .xPublisher {
            return showSubscription(1, topic, peer) ? nil : .memory
        }
        let isFirst: Bool
        do throws(SubscriptionLimitError) {
            isFirst = try side.lock.withLock { () throws(SubscriptionLimitError) in
                try fanOut.subscribe(topic, slot: peer.slot)
            }
        } catch {
            return error
        }
        if isFirst || options.xpubVerbose || options.xpubVerboser {
            guard showSubscription(1, topic, peer) else {
                // Or the application would be told of the end of what it never heard of.
                if isFirst { _ = side.lock.withLock { fanOut.cancel(topic, slot: peer.slot) } }
                return .memory
            }
        }
        subscribersChanged()
        return nil
    }

    func cancel(_ topic: [UInt8], for peer: Peer) {
        guard case .publisher(let fanOut) = pattern, let side = sendSide else { return }
        let options = options
        if options.xpubManual, type == .xPublisher {
            _ = showSubscription(0, topic, peer)
            return
        }
        let outcome = side.lock.withLock { fanOut.cancel(topic, slot: peer.slot) }
        if !outcome.existed { ignoredFrame() }
        // A sender may have waited for room there (`xpubNoDrop`).
        subscribersChanged()
        if outcome.lastForTopic || (options.xpubVerboser && outcome.existed) {
            _ = showSubscription(0, topic, peer)
        }
    }

    /// Shows a change among the messages (XPUB); false when there is no memory for it.
    private func showSubscription(_ kind: UInt8, _ topic: [UInt8], _ peer: Peer) -> Bool {
        guard let inbound = peer.inbound else { return true }
        return deliverNotice([kind] + topic, to: inbound)
    }

    /// Applies a subscription to the peer whose message was received last (`xpubManual`).
    func confirmSubscription(_ topic: [UInt8], isWanted: Bool) throws(ZeroMQError) {
        try checkOpen()
        guard case .publisher(let fanOut) = pattern, options.xpubManual,
            let side = sendSide, let receiveSide,
            let plain = receiveSide.strategy as? PlainReceive,
            let slot = receiveSide.lock.withLock({ plain.lastSlot })
        else {
            throw .wrongState("confirming subscriptions needs xpubManual and a received one")
        }
        do throws(SubscriptionLimitError) {
            try side.lock.withLock { () throws(SubscriptionLimitError) in
                guard side.pipes[slot] != nil else { return }
                if isWanted {
                    _ = try fanOut.subscribe(topic, slot: slot)
                } else {
                    _ = fanOut.cancel(topic, slot: slot)
                }
            }
        } catch {
            throw ZeroMQError(.limitReached, error.reason(for: "the peer"))
        }
        subscribersChanged()
    }

    // MARK: Waiting for subscribers

    /// Peers that hold at least one subscription.
    var subscriberCount: Int {
        guard case .publisher(let fanOut) = pattern, let side = sendSide,
            !context.wasLostByFork
        else { return 0 }
        return side.lock.withLock {
            var count = 0
            side.pipes.forEach { if fanOut.trie.topicCount(of: $0.slot) > 0 { count += 1 } }
            return count
        }
    }

    private func subscribersChanged() {
        sendSide?.wakeAll()
    }

    /// Suspends until `count` peers have subscribed.
    nonisolated(nonsending)
        func waitForSubscribers(_ count: Int, timeout: Duration?) async throws(ZeroMQError)
    {
        let side = try sending()
        try checkOpen()
        let waiter = Waiter()
        let timer = context.arm(waiter, after: timeout)
        defer {
            side.leave(waiter)
            timer?.cancel()
        }
        while true {
            side.enqueue(waiter)
            try checkOpen()
            if subscriberCount >= count { return }
            switch await waiter.suspend() {
            case .signalled: break
            case .timedOut: throw .timedOut("waiting for \(count) subscribers")
            case .cancelled: throw .cancelled
            }
        }
    }

    // MARK: Our own subscriptions (SUB, XSUB)

    func setSubscription(_ topic: [UInt8], isWanted: Bool) throws(ZeroMQError) {
        try checkOpen()
        guard case .subscriber(let registry) = pattern else {
            throw ZeroMQError(.unsupported, "a \(type.wireName) socket does not subscribe")
        }
        if isWanted { try registry.subscribe(topic) } else { registry.unsubscribe(topic) }
    }
}
