@testable import ZeroMQ

extension HotPath {
    /// The next of 100 peers that have something.
    static let fairQueue = HotPath("fair-queue") { count in
        var queue = FairQueue()
        for slot in 0..<100 { queue.activate(slot) }
        var sum = 0
        for _ in 0..<count { sum &+= queue.next() ?? 0 }
        use(sum)
    }

    /// The peer of a routing id among 5000.
    static let route = HotPath("route") { count in
        var table = RoutingTable(seed: 42)
        for slot in 0..<5000 { _ = table.add(try RoutingID("peer-\(slot)"), slot: slot) }
        let names = (0..<5000).map { Array("peer-\($0)".utf8) }
        var slot = 0
        for _ in 0..<count {
            guard names[slot].withUnsafeBytes({ table.slot(for: $0) }) == slot else {
                throw WrongResult()
            }
            slot = slot &* 7919 &+ 1
            slot %= 5000
        }
    }

    private static func match(_ topics: Int, _ topic: String, _ count: Int, _ expected: Int) throws
    {
        var limits = SubscriptionLimits()
        limits.topicsPerSubscriber = .max
        var trie = SubscriptionTrie(limits: limits)
        for index in 0..<topics {
            _ = try Array("topic/\(index)/".utf8).withUnsafeBytes { bytes throws in
                try trie.subscribe(bytes, index % 100)
            }
        }
        let bytes = Array(topic.utf8)
        var matches = 0
        for _ in 0..<count {
            bytes.withUnsafeBytes { trie.forEachMatch($0) { _ in matches &+= 1 } }
        }
        guard matches == count * expected else { throw WrongResult() }
    }

    /// The one subscriber, who wants the topic.
    static let matchOne = HotPath("match-one") { try match(1, "topic/0/price", $0, 1) }
    /// The one who wants it among 100 000 subscriptions.
    static let matchAmongMany = HotPath("match-among-100000") {
        try match(100_000, "topic/77777/price", $0, 1)
    }
    /// A topic that nobody wants, among 100 000.
    static let matchNothing = HotPath("match-nothing") {
        try match(100_000, "topic/x7777/price", $0, 0)
    }
}
