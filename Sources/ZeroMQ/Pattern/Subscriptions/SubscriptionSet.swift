/// The topics a SUB or XSUB socket wants, each counted: two `add` calls need two `remove` calls.
///
/// It decides what goes upstream (the first `add` and the last `remove` of a topic), what is sent
/// again on a new connection, and what is let through on receipt.
struct SubscriptionSet: ~Copyable {
    private var trie: SubscriptionTrie

    private static var owner: Int { 0 }

    /// - Parameter limits: what the application may ask for; none by default.
    init(limits: SubscriptionLimits = .unlimited) {
        trie = SubscriptionTrie(limits: limits)
    }

    /// How many distinct topics there are.
    var count: Int { trie.topicCount(of: Self.owner) }

    /// The sum of their lengths, in bytes.
    var byteCount: Int { trie.topicBytes(of: Self.owner) }

    var isEmpty: Bool { trie.isEmpty }

    /// Counts a topic; true if it was not there, so that publishers must be told.
    mutating func add(_ topic: UnsafeRawBufferPointer) throws(SubscriptionLimitError) -> Bool {
        try trie.subscribe(topic, Self.owner).firstForTopic
    }

    /// Takes a topic back.
    mutating func remove(_ topic: UnsafeRawBufferPointer) -> Removal {
        let outcome = trie.cancel(topic, Self.owner)
        guard outcome.existed else { return .unknown }
        return outcome.lastForTopic ? .last : .stillWanted
    }

    mutating func removeAll() {
        trie.removeAll(of: Self.owner)
    }

    /// Whether a message with this first frame is wanted.
    func matchesAny(_ topic: UnsafeRawBufferPointer) -> Bool {
        trie.matchesAny(topic)
    }

    /// Whether the empty topic is among them, with which every message begins.
    var matchesEverything: Bool { matchesAny(UnsafeRawBufferPointer(start: nil, count: 0)) }

    /// Calls `body` with each distinct topic, oldest first.
    func forEachTopic(_ body: (UnsafeRawBufferPointer) -> Void) {
        trie.forEachTopic(of: Self.owner, body)
    }
}

extension SubscriptionSet {
    enum Removal: Equatable {
        /// Nobody wants the topic any more; publishers must be told.
        case last
        case stillWanted
        /// It was not in the set.
        case unknown
    }
}
