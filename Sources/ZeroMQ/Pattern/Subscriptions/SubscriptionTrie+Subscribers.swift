/// The set of subscribers at each node, and the list of subscriptions of each subscriber.
extension SubscriptionTrie {
    /// The subscription of a slot to exactly this topic.
    func subscription(of slot: Int, to topic: UnsafeRawBufferPointer) -> UInt32? {
        guard subscriber(slot) != nil, let index = node(of: topic) else { return nil }
        let node = nodes[index]
        let count = Int(node.pointee.subscriberCount)
        let wanted = UInt32(truncatingIfNeeded: slot)
        let position = position(of: wanted, in: node)
        guard position < count else { return nil }
        if count == 1 {
            return node.pointee.subscribers == wanted ? node.pointee.subscription : nil
        }
        let slots = words[node.pointee.subscribers]
        return slots[position] == wanted ? slots[position + Self.capacity(for: count)] : nil
    }

    /// Puts a slot that is not there yet into the set of a node, and the pair into the slot's list.
    /// False when there is no memory for it, nothing has changed then.
    mutating func addSubscriber(_ slot: UInt32, to index: UInt32) -> Bool {
        guard let pair = appendToSubscriber(slot, node: index) else { return false }
        let node = nodes[index]
        let count = Int(node.pointee.subscriberCount)
        guard count != 0 else {
            node.pointee.subscriberCount = 1
            node.pointee.subscribers = slot
            node.pointee.subscription = pair
            return true
        }
        guard enlargeSubscribers(of: index, from: count) else {
            unlinkFromSubscriber(pair)
            return false
        }
        node.pointee.subscriberCount += 1
        let slots = words[node.pointee.subscribers]
        let pairs = slots + Self.capacity(for: count + 1)
        let position = Self.position(of: slot, in: slots, count)
        (slots + position + 1).update(from: slots + position, count: count - position)
        (pairs + position + 1).update(from: pairs + position, count: count - position)
        slots[position] = slot
        pairs[position] = pair
        return true
    }

    /// Takes a slot that is there out of the set of a node.
    mutating func removeSubscriber(_ slot: UInt32, from index: UInt32) {
        let node = nodes[index]
        let count = Int(node.pointee.subscriberCount)
        node.pointee.subscriberCount -= 1
        guard count > 1 else { return }
        let slots = words[node.pointee.subscribers]
        let pairs = slots + Self.capacity(for: count)
        let position = Self.position(of: slot, in: slots, count)
        (slots + position).update(from: slots + position + 1, count: count - position - 1)
        (pairs + position).update(from: pairs + position + 1, count: count - position - 1)
        reduceSubscribers(of: index, from: count)
    }

    /// Moves a set of `count` to the block that fits one more; false when there is no memory.
    private mutating func enlargeSubscribers(of index: UInt32, from count: Int) -> Bool {
        let old = Self.capacity(for: count)
        let new = Self.capacity(for: count + 1)
        guard old != new else { return true }
        guard let larger = words.allocate(exponent: Self.exponent(for: new)) else { return false }
        let block = nodes[index].pointee.subscribers
        nodes[index].pointee.subscribers = larger
        guard old != 1 else {
            words[larger][0] = block
            words[larger][new] = nodes[index].pointee.subscription
            return true
        }
        words[larger].update(from: words[block], count: count)
        (words[larger] + new).update(from: words[block] + old, count: count)
        words.free(block, exponent: Self.exponent(for: old))
        return true
    }

    /// Moves a set of `count`, the last of which has gone, to the block (or into the node) that
    /// fits one less.
    private mutating func reduceSubscribers(of index: UInt32, from count: Int) {
        let old = Self.capacity(for: count)
        let new = Self.capacity(for: count - 1)
        guard old != new else { return }
        let block = nodes[index].pointee.subscribers
        if new == 1 {
            nodes[index].pointee.subscribers = words[block][0]
            nodes[index].pointee.subscription = words[block][old]
            return words.free(block, exponent: Self.exponent(for: old))
        }
        (words[block] + new).update(from: words[block] + old, count: count - 1)
        nodes[index].pointee.subscribers = words.shrink(
            block, from: Self.exponent(for: old), to: Self.exponent(for: new))
    }

    /// How many subscribers the place for `count` of them holds; 1 stands for the node itself.
    @inline(__always)
    private static func capacity(for count: Int) -> Int {
        count <= 1 ? 1 : 1 << (WordPool.exponent(forWords: count * 2) - 1)
    }

    /// The exponent of the block of that capacity: a slot and a subscription each.
    private static func exponent(for capacity: Int) -> Int {
        WordPool.exponent(forWords: capacity * 2)
    }

    /// Where a slot is, or belongs, among the subscribers of a node.
    private func position(of slot: UInt32, in node: UnsafeMutablePointer<TrieNode>) -> Int {
        let count = Int(node.pointee.subscriberCount)
        guard count > 1 else { return 0 }
        return Self.position(of: slot, in: words[node.pointee.subscribers], count)
    }

    private static func position(
        of slot: UInt32, in slots: UnsafeMutablePointer<UInt32>, _ count: Int
    ) -> Int {
        if count == 0 || slots[count - 1] < slot { return count }
        var low = 0
        var high = count - 1
        while low < high {
            let middle = (low + high) / 2
            if slots[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func appendToSubscriber(_ slot: UInt32, node: UInt32) -> UInt32? {
        let owner = subscribers[slot]
        let last = owner.pointee.last
        let subscription = Subscription(count: 1, node: node, slot: slot, previous: last)
        guard let index = subscriptions.insert(subscription) else { return nil }
        if last == Subscription.none {
            owner.pointee.first = index
        } else {
            subscriptions[last].pointee.next = index
        }
        owner.pointee.last = index
        return index
    }

    /// Takes a subscription out of its subscriber's list and frees it.
    mutating func unlinkFromSubscriber(_ index: UInt32) {
        let gone = subscriptions[index].pointee
        if gone.previous == Subscription.none {
            subscribers[gone.slot].pointee.first = gone.next
        } else {
            subscriptions[gone.previous].pointee.next = gone.next
        }
        if gone.next == Subscription.none {
            subscribers[gone.slot].pointee.last = gone.previous
        } else {
            subscriptions[gone.next].pointee.previous = gone.previous
        }
        subscriptions.remove(index)
    }
}
