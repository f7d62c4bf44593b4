extension SubscriptionTrie {
    /// Takes one subscription of `slot` to `topic` back.
    ///
    /// - Returns: whether there was one, whether nobody holds the topic any more, and whether this
    ///   subscriber does not. Nothing changes if there was none.
    mutating func cancel(_ topic: UnsafeRawBufferPointer, _ slot: Int) -> CancelOutcome {
        guard let index = subscription(of: slot, to: topic) else { return .unknown }
        let subscription = subscriptions[index]
        guard subscription.pointee.count == 1 else {
            subscription.pointee.count -= 1
            return CancelOutcome(existed: true, lastForTopic: false, lastForSubscriber: false)
        }
        let node = subscription.pointee.node
        subscriber(slot)?.pointee.topics -= 1
        subscriber(slot)?.pointee.bytes -= topic.count
        unlinkFromSubscriber(index)
        removeSubscriber(UInt32(truncatingIfNeeded: slot), from: node)
        let lastForTopic = nodes[node].pointee.subscriberCount == 0
        prune(from: node)
        releaseIfEmpty()
        return CancelOutcome(existed: true, lastForTopic: lastForTopic, lastForSubscriber: true)
    }

    /// Takes back all that a subscriber holds, and reports each topic that nobody else holds.
    ///
    /// The cost is proportional to that subscriber's topics. Call it when a slot's owner goes,
    /// before the slot is given to somebody else. `lastForTopic` must not touch the trie.
    mutating func removeAll(of slot: Int, _ lastForTopic: ([UInt8]) -> Void) {
        removeAll(of: slot, reports: true, lastForTopic)
    }

    /// Takes back all that a subscriber holds.
    mutating func removeAll(of slot: Int) {
        removeAll(of: slot, reports: false) { _ in }
    }

    private mutating func removeAll(
        of slot: Int, reports: Bool, _ report: ([UInt8]) -> Void
    ) {
        guard let subscriber = subscriber(slot) else { return }
        var next = subscriber.pointee.first
        subscriber.pointee = Subscriber()
        while next != Subscription.none {
            let subscription = subscriptions[next].pointee
            subscriptions.remove(next)
            next = subscription.next
            removeSubscriber(subscription.slot, from: subscription.node)
            if reports, nodes[subscription.node].pointee.subscriberCount == 0 {
                withTopic(at: subscription.node) { report(Array($0)) }
            }
            prune(from: subscription.node)
        }
        releaseIfEmpty()
    }

    /// Frees the nodes that serve nobody, from `start` upwards, and joins a node that has become a
    /// mere link with its child.
    mutating func prune(from start: UInt32) {
        var index = start
        while index != TrieNode.root, nodes[index].pointee.subscriberCount == 0 {
            let node = nodes[index].pointee
            if node.childCount > 1 { return }
            if node.childCount == 1 { return join(index) }
            unlink(index)
            freeLabel(of: index)
            nodes.remove(index)
            index = node.parent
        }
    }

    /// Gives the memory of a large trie back once it is empty.
    private mutating func releaseIfEmpty() {
        guard isEmpty, nodes.capacity + words.capacity / 16 > 1024 else { return }
        nodes.removeAll()
        subscriptions.removeAll()
        words.removeAll()
        begin()
    }
}
