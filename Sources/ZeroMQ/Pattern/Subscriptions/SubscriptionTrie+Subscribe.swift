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
        try checkRoom(for: topic, slot)
        admit(slot)
        let node = insert(topic)
        let firstForTopic = nodes[node].pointee.subscriberCount == 0
        addSubscriber(UInt32(truncatingIfNeeded: slot), to: node)
        subscribers[slot].topics += 1
        subscribers[slot].bytes += topic.count
        return SubscribeOutcome(firstForTopic: firstForTopic, firstForSubscriber: true)
    }

    private func checkRoom(
        for topic: UnsafeRawBufferPointer, _ slot: Int
    ) throws(SubscriptionLimitError) {
        guard topicCount(of: slot) < limits.topicsPerSubscriber else { throw .topicsPerSubscriber }
        guard topic.count <= limits.bytesPerSubscriber - topicBytes(of: slot) else {
            throw .bytesPerSubscriber
        }
        // At most: a chain of nodes with their labels, a split, a table of children, and the block
        // of subscribers doubled.
        let labels = topic.count / TrieNode.maxLabel + 2
        guard slot >= 0, slot < Arena<Subscription>.limit,
            nodes.count + labels < Arena<TrieNode>.limit,
            subscriptions.count < Arena<Subscription>.limit,
            words.hasRoom(for: (labels + 4) * 80 + 512 + 8 * subscribers.count)
        else { throw .storage }
    }

    /// Makes the slot known.
    private mutating func admit(_ slot: Int) {
        guard slot >= subscribers.count else { return }
        subscribers.append(
            contentsOf: repeatElement(Subscriber(), count: slot - subscribers.count + 1))
        stamps.reserve(slot)
    }

    /// The node of `topic`, made if there was none.
    private mutating func insert(_ topic: UnsafeRawBufferPointer) -> UInt32 {
        var node = TrieNode.root
        guard var bytes = topic.baseAddress else { return node }
        var rest = topic.count
        while rest != 0 {
            let next = child(of: nodes[node], bytes.load(as: UInt8.self))
            if next == TrieNode.none { return appendChain(to: node, bytes, rest) }
            let common = commonPrefix(of: nodes[next], bytes, rest)
            let isWhole = common == Int(nodes[next].pointee.labelLength)
            node = isWhole ? next : split(next, at: common)
            bytes += common
            rest -= common
        }
        return node
    }

    /// Hangs nodes for `count` bytes below `node`; gives the last.
    private mutating func appendChain(
        to node: UInt32, _ bytes: UnsafeRawPointer, _ count: Int
    ) -> UInt32 {
        var end = node
        var offset = 0
        while offset < count {
            let length = min(count - offset, TrieNode.maxLabel)
            let piece = nodes.insert(TrieNode(parent: end))
            setLabel(of: piece, bytes + offset, length)
            link(piece, to: end)
            end = piece
            offset += length
        }
        return end
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
