/// Sends each message to every peer that subscribed to a prefix of its first frame (PUB, XPUB).
///
/// A peer whose queue is full loses the message, alone and whole; with `xpubNoDrop` nobody gets it
/// until everybody who wants it has room.
final class FanOutSend: SendStrategy {
    let sendsToOne = false
    @exclusivity(unchecked) private(set) var trie: SubscriptionTrie
    @exclusivity(unchecked) private var log: SharedLog
    private let invertsMatching: Bool
    @exclusivity(unchecked) var noDrop: Bool
    @exclusivity(unchecked) private var matched = SlotList()
    // Who holds a prefix of the topic, where the others get the message.
    @exclusivity(unchecked) private var stamps = SlotStamps()

    init(options: SocketOptions, pool: ChunkPool) {
        var limits = options.peerLimits.subscriber
        limits.bytesInAll = options.subscriptionByteLimit
        trie = SubscriptionTrie(limits: limits)
        log = SharedLog(pool: pool)
        invertsMatching = options.invertMatching
        noDrop = options.xpubNoDrop
    }

    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        guard findSubscribers(bytes, side) else { return .wouldBlock }
        if matched.isEmpty { return .sent }
        let run = log.encode(bytes)
        spread(to: side) { run.append(to: $0) }
        return .sent
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        guard message.withFirstFrame({ findSubscribers($0, side) }) else { return .wouldBlock }
        if matched.isEmpty { return .sent }
        let entry = log.encode(message)
        spread(to: side) { entry.append(to: $0) }
        return .sent
    }

    /// Fills `matched` with who wants the topic and has room; false when the send has to wait.
    @inline(__always)
    private func findSubscribers(_ topic: UnsafeRawBufferPointer, _ side: SendSide) -> Bool {
        matched.removeAll()
        if invertsMatching {
            collectUnmatched(topic, side)
        } else {
            trie.forEachMatch(topic) { matched.append($0) }
        }
        return noDrop ? everybodyHasRoom(side) : true
    }

    private func collectUnmatched(_ topic: UnsafeRawBufferPointer, _ side: SendSide) {
        let round = stamps.nextRound()
        trie.forEachMatch(topic) { _ = stamps.mark(UInt32(truncatingIfNeeded: $0), in: round) }
        side.pipes.forEach { pipe in
            // Who has no mark, for want of memory, has no subscription either.
            let slot = UInt32(truncatingIfNeeded: pipe.slot)
            if !stamps.covers(pipe.slot) || stamps.mark(slot, in: round) {
                matched.append(pipe.slot)
            }
        }
    }

    private func everybodyHasRoom(_ side: SendSide) -> Bool {
        var hasRoom = true
        matched.forEach { slot in
            guard let pipe = side.pipes[slot], !pipe.hasRoom else { return }
            pipe.isParked = true
            hasRoom = false
        }
        return hasRoom
    }

    @inline(__always)
    private func spread(to side: SendSide, _ append: (OutboundPipe) -> Void) {
        matched.forEach { slot in
            guard let pipe = side.pipes.unmanaged(at: slot) else { return }
            pipe._withUnsafeGuaranteedRef { pipe in
                if side.conflates { side.counters.drop(pipe.discardQueued(), .conflated) }
                guard pipe.hasRoom else { return side.counters.drop(1, .highWaterMark) }
                append(pipe)
                side.signal(pipe)
            }
        }
    }

    // MARK: Peers

    func attached(_ pipe: OutboundPipe, to side: SendSide) {
        if invertsMatching { _ = stamps.reserve(pipe.slot) }
    }

    func detached(_ pipe: OutboundPipe, from side: SendSide) {
        trie.removeAll(of: pipe.slot)
    }

    func hasRoom(_ pipe: OutboundPipe) {}

    // MARK: Subscriptions, with the lock of the side held

    /// Notes a subscription; true when nobody held the topic before. The error names a limit.
    func subscribe(
        _ topic: [UInt8], slot: Int
    ) throws(SubscriptionLimitError) -> Bool {
        // A subscription may overtake its peer's arrival, or come after its end.
        guard !invertsMatching || stamps.reserve(slot) else { throw .memory }
        return try topic.withUnsafeBufferPointer { (topic) throws(SubscriptionLimitError) in
            let bytes = UnsafeRawBufferPointer(topic)
            let outcome = try self.trie.subscribe(bytes, slot)
            // A peer holds a topic or does not: libzmq's subscribers repeat SUBSCRIBE but send one
            // CANCEL. Counting is the subscriber's affair.
            if !outcome.firstForSubscriber { _ = self.trie.cancel(bytes, slot) }
            return outcome.firstForTopic
        }
    }

    /// Takes a subscription back.
    func cancel(_ topic: [UInt8], slot: Int) -> (existed: Bool, lastForTopic: Bool) {
        topic.withUnsafeBytes { bytes -> (existed: Bool, lastForTopic: Bool) in
            let outcome = self.trie.cancel(bytes, slot)
            return (outcome.existed, outcome.lastForTopic)
        }
    }

    /// Forgets all subscriptions of a peer.
    func removeAll(slot: Int) {
        trie.removeAll(of: slot)
    }

    /// The same; `body` is told of topics that nobody else holds.
    func removeAll(slot: Int, _ body: ([UInt8]) -> Void) {
        trie.removeAll(of: slot, body)
    }
}
