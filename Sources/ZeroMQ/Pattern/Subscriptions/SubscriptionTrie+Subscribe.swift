extension SubscriptionTrie {
    /// Counts one more subscription of `slot` to `topic`.
    ///
    /// - Returns: whether nobody held the topic before, and whether this subscriber did not.
    /// - Throws: the limit that is met; nothing has changed then. A repetition meets none.
    mutating func subscribe(
        _ topic: UnsafeRawBufferPointer, _ slot: Int
    ) throws(SubscriptionLimitError) -> SubscribeOutcome {
        guard topic.count <= limits.topicLength else { throw .topicLength }
        if let existing = subscription(of: slot, to: topic) {
            let subscription = subscriptions[existing]
            subscription.pointee.count &+= 1
            return SubscribeOutcome(firstForTopic: false, firstForSubscriber: false)
        }
        try checkLimits(of: slot, topic)
        guard admit(slot), let node = insert(topic) else { throw .memory }
        let firstForTopic = nodes[node].pointee.subscriberCount == 0
        guard addSubscriber(UInt32(truncatingIfNeeded: slot), to: node) else {
            prune(from: node)
            throw .memory
        }
        subscriber(slot)?.pointee.topics += 1
        subscriber(slot)?.pointee.bytes += topic.count
        guard bytesInUse <= limits.bytesInAll else {
            // What it takes depends on what others hold: it is known once it is there.
            _ = cancel(topic, slot)
            throw .bytesInAll
        }
        return SubscribeOutcome(firstForTopic: firstForTopic, firstForSubscriber: true)
    }

    private func checkLimits(
        of slot: Int, _ topic: UnsafeRawBufferPointer
    ) throws(SubscriptionLimitError) {
        guard slot >= 0, slot < Int(Int32.max) else { throw .slot }
        guard topicCount(of: slot) < limits.topicsPerSubscriber else { throw .topicsPerSubscriber }
        guard topic.count <= limits.bytesPerSubscriber - topicBytes(of: slot) else {
            throw .bytesPerSubscriber
        }
    }

    /// Makes the slot known; false when there is no memory for it.
    private mutating func admit(_ slot: Int) -> Bool {
        guard stamps.reserve(slot) else { return false }
        while subscribers.count <= slot {
            guard subscribers.insert(Subscriber()) != nil else { return false }
        }
        return true
    }

    /// The node of `topic`, made if there was none. Nil when there is no memory for it, nothing has
    /// changed then.
    private mutating func insert(_ topic: UnsafeRawBufferPointer) -> UInt32? {
        var node = TrieNode.root
        guard var bytes = topic.baseAddress else { return node }
        var rest = topic.count
        while rest != 0 {
            let next = child(of: nodes[node], bytes.load(as: UInt8.self))
            if next == TrieNode.none { return appendChain(to: node, bytes, rest) }
            let common = commonPrefix(of: nodes[next], bytes, rest)
            let isWhole = common == Int(nodes[next].pointee.labelLength)
            guard let reached = isWhole ? next : split(next, at: common) else { return nil }
            node = reached
            bytes += common
            rest -= common
        }
        return node
    }

    /// Hangs nodes for `count` bytes below `node`; gives the last. Where there is no memory for all
    /// of them none is left, and `node` goes as well if it has just been split off.
    private mutating func appendChain(
        to node: UInt32, _ bytes: UnsafeRawPointer, _ count: Int
    ) -> UInt32? {
        var end = node
        var offset = 0
        while offset < count {
            let length = min(count - offset, TrieNode.maxLabel)
            guard let piece = appendPiece(to: end, bytes + offset, length) else {
                prune(from: end)
                return nil
            }
            end = piece
            offset += length
        }
        return end
    }

    private mutating func appendPiece(
        to node: UInt32, _ bytes: UnsafeRawPointer, _ length: Int
    ) -> UInt32? {
        guard let piece = nodes.insert(TrieNode(parent: node)) else { return nil }
        guard setLabel(of: piece, bytes, length) else {
            nodes.remove(piece)
            return nil
        }
        guard link(piece, to: node) else {
            freeLabel(of: piece)
            nodes.remove(piece)
            return nil
        }
        return piece
    }

    private func commonPrefix(
        of node: UnsafeMutablePointer<TrieNode>, _ bytes: UnsafeRawPointer, _ count: Int
    ) -> Int {
        let length = min(Int(node.pointee.labelLength), count)
        let label = label(of: node)
        var common = 1
        while common < length,
            label.load(fromByteOffset: common, as: UInt8.self)
                == bytes.load(fromByteOffset: common, as: UInt8.self)
        {
            common += 1
        }
        return common
    }
}
