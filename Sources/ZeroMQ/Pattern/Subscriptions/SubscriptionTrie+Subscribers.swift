/// The set of subscribers at each node, and the list of subscriptions of each subscriber.
extension SubscriptionTrie {
    /// The subscription of a slot to exactly this topic.
    func subscription(of slot: Int, to topic: UnsafeRawBufferPointer) -> UInt32? {
        guard subscribers.indices.contains(slot), let index = node(of: topic) else { return nil }
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
    mutating func addSubscriber(_ slot: UInt32, to index: UInt32) {
        let pair = appendToSubscriber(slot, node: index)
        let node = nodes[index]
        let count = Int(node.pointee.subscriberCount)
        node.pointee.subscriberCount += 1
        guard count != 0 else {
            node.pointee.subscribers = slot
            node.pointee.subscription = pair
            return
        }
        resizeSubscribers(of: index, from: count, to: count + 1)
        let slots = words[node.pointee.subscribers]
        let pairs = slots + Self.capacity(for: count + 1)
        let position = Self.position(of: slot, in: slots, count)
        (slots + position + 1).update(from: slots + position, count: count - position)
        (pairs + position + 1).update(from: pairs + position, count: count - position)
        slots[position] = slot
        pairs[position] = pair
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
        resizeSubscribers(of: index, from: count, to: count - 1)
    }

    /// Moves a set to the block (or into the node) that fits its new size.
    private mutating func resizeSubscribers(of index: UInt32, from old: Int, to new: Int) {
        let oldCapacity = Self.capacity(for: old)
        let newCapacity = Self.capacity(for: new)
        guard oldCapacity != newCapacity else { return }
        let block = nodes[index].pointee.subscribers
        if newCapacity == 1 {
            nodes[index].pointee.subscribers = words[block][0]
            nodes[index].pointee.subscription = words[block][oldCapacity]
            return words.free(block, exponent: Self.exponent(for: oldCapacity))
        }
        let larger = words.allocate(exponent: Self.exponent(for: newCapacity))
        nodes[index].pointee.subscribers = larger
        guard oldCapacity != 1 else {
            words[larger][0] = block
            words[larger][newCapacity] = nodes[index].pointee.subscription
            return
        }
        let kept = min(old, new)
        words[larger].update(from: words[block], count: kept)
        (words[larger] + newCapacity).update(from: words[block] + oldCapacity, count: kept)
        words.free(block, exponent: Self.exponent(for: oldCapacity))
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

    private mutating func appendToSubscriber(_ slot: UInt32, node: UInt32) -> UInt32 {
        let owner = Int(slot)
        let last = subscribers[owner].last
        let index = subscriptions.insert(
            Subscription(count: 1, node: node, slot: slot, previous: last))
        if last == Subscription.none {
            subscribers[owner].first = index
        } else {
            subscriptions[last].pointee.next = index
        }
        subscribers[owner].last = index
        return index
    }

    /// Takes a subscription out of its subscriber's list and frees it.
    mutating func unlinkFromSubscriber(_ index: UInt32) {
        let gone = subscriptions[index].pointee
        if gone.previous == Subscription.none {
            subscribers[Int(gone.slot)].first = gone.next
        } else {
            subscriptions[gone.previous].pointee.next = gone.next
        }
        if gone.next == Subscription.none {
            subscribers[Int(gone.slot)].last = gone.previous
        } else {
            subscriptions[gone.next].pointee.previous = gone.previous
        }
        subscriptions.remove(index)
    }
}
