/// Which subscriber wants which topics: a radix tree from byte prefixes to sets of slots.
///
/// Subscriptions count per (topic, subscriber): two `subscribe` calls need two `cancel` calls. A
/// subscriber is a small dense number chosen by the caller, its slot. Nodes are 64-byte records in
/// an arena and refer to each other by index, so nothing here recurses, whatever the topics:
/// subscribing, cancelling and removing cost time proportional to the topic's length, and matching
/// one cache line per node on the way.
///
/// Not for concurrent use; the owner's lock guards it.
struct SubscriptionTrie: ~Copyable {
    let limits: SubscriptionLimits
    var nodes = Arena<TrieNode>()
    var subscriptions = Arena<Subscription>()
    var words = WordPool()
    /// By slot.
    var subscribers = Arena<Subscriber>()
    var stamps = SlotStamps()

    init(limits: SubscriptionLimits = SubscriptionLimits()) {
        self.limits = limits
        begin()
    }

    /// Puts the root into empty arenas, whose first places need no memory.
    mutating func begin() {
        _ = nodes.insert(TrieNode())
        // Subscription 0 stands for "none" in the lists.
        _ = subscriptions.insert(Subscription())
    }

    /// True when nobody subscribes to anything.
    var isEmpty: Bool { subscriptionCount == 0 }

    /// How many (topic, subscriber) pairs there are.
    var subscriptionCount: Int { subscriptions.count - 1 }

    /// The memory that topics and subscriptions take, in bytes.
    var bytesInUse: Int { nodes.bytesInUse + subscriptions.bytesInUse + words.wordsInUse * 4 }

    /// What is known of a slot, nil if nothing is; valid until a slot is admitted.
    func subscriber(_ slot: Int) -> UnsafeMutablePointer<Subscriber>? {
        slot >= 0 && slot < subscribers.count
            ? subscribers[UInt32(truncatingIfNeeded: slot)] : nil
    }

    /// How many distinct topics a subscriber holds.
    func topicCount(of slot: Int) -> Int { subscriber(slot)?.pointee.topics ?? 0 }

    /// The sum of the lengths of a subscriber's distinct topics, in bytes.
    func topicBytes(of slot: Int) -> Int { subscriber(slot)?.pointee.bytes ?? 0 }

    /// Calls `body` with each distinct topic of a subscriber, oldest first.
    func forEachTopic(of slot: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        guard var next = subscriber(slot)?.pointee.first else { return }
        while next != Subscription.none {
            let subscription = subscriptions[next].pointee
            withTopic(at: subscription.node, body)
            next = subscription.next
        }
    }
}

extension SubscriptionTrie {
    /// One (topic, subscriber) pair, in the list of its subscriber.
    struct Subscription: BitwiseCopyable {
        /// How often it was subscribed and not cancelled, 1 or more.
        var count: Int = 0
        var node: UInt32 = 0
        var slot: UInt32 = 0
        var previous: UInt32 = 0
        var next: UInt32 = 0

        static var none: UInt32 { 0 }
    }

    /// What is known of one slot.
    struct Subscriber: BitwiseCopyable {
        var first = Subscription.none
        var last = Subscription.none
        var topics = 0
        var bytes = 0
    }
}
