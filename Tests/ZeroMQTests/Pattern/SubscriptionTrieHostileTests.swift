import Testing

@testable import ZeroMQ

/// What a hostile subscriber may try: depth, number, repetition.
@Suite struct SubscriptionTrieHostileTests {
    /// CVE-2021-20236: cancelling a long topic recursed once per byte.
    @Test(arguments: [1, 10_000, 1_000_000, 16_000_000], [false, true])
    func BI_S6_CVE_2021_20236_longTopic(_ length: Int, byRemoval: Bool) throws {
        var trie = SubscriptionTrie(limits: .unlimited)
        var topic = [UInt8](repeating: 97, count: length)
        topic[length / 2] = 98
        #expect(try trie.subscribe(topic, 0) == (true, true))
        #expect(trie.matches(topic + [1]) == [0])
        #expect(trie.matches(topic.dropLast()) == [])
        if byRemoval {
            var reported: [[UInt8]] = []
            trie.removeAll(of: 0) { reported.append($0) }
            let isReported = reported == [topic]
            #expect(isReported)
        } else {
            #expect(trie.cancel(topic, 0) == (true, true, true))
        }
        #expect(trie.nodes.count == 1 && trie.words.wordsInUse == 0)
        // The memory is given back, not only marked free.
        #expect(trie.nodes.capacity < 1024 && trie.words.capacity < 16 * 1024)
    }

    @Test func BI_S6_everyPrefixOfALongTopic() throws {
        var trie = SubscriptionTrie(limits: .unlimited)
        let topic = [UInt8](repeating: 97, count: 3_000)
        for length in 1...topic.count {
            let first = try topic.withUnsafeBytes {
                try trie.subscribe(UnsafeRawBufferPointer(rebasing: $0.prefix(length)), 0)
            }
            #expect(first == SubscribeOutcome(firstForTopic: true, firstForSubscriber: true))
        }
        #expect(trie.matches(topic) == [0])
        trie.removeAll(of: 0)
        #expect(trie.isEmpty && trie.nodes.count == 1)
    }

    @Test func BI_S6_limitOfTopicLength() throws {
        var trie = SubscriptionTrie()
        #expect(try trie.subscribe([UInt8](repeating: 1, count: 65_536), 0) == (true, true))
        #expect(throws: SubscriptionLimitError.topicLength) {
            try trie.subscribe([UInt8](repeating: 1, count: 65_537), 0)
        }
        #expect(trie.subscriptionCount == 1)
    }

    @Test func BI_S5_limitOfTopics() throws {
        var trie = SubscriptionTrie()
        let limit = trie.limits.topicsPerSubscriber
        #expect(limit == 100_000)
        for number in 0..<limit { _ = try trie.subscribe(Self.topic(number), 2) }
        #expect(trie.topicCount(of: 2) == limit)
        #expect(throws: SubscriptionLimitError.topicsPerSubscriber) {
            try trie.subscribe(Self.topic(limit), 2)
        }
        #expect(try trie.subscribe(Self.topic(0), 2) == (false, false))
        #expect(try trie.subscribe(Self.topic(limit), 3) == (true, true))
        #expect(trie.cancel(Self.topic(1), 2) == (true, true, true))
        #expect(try trie.subscribe(Self.topic(limit), 2) == (false, true))
        trie.removeAll(of: 2)
        #expect(trie.subscriptionCount == 1)
        #expect(trie.brokenInvariant() == nil)
    }

    @Test func BI_S5_limitOfBytes() throws {
        var trie = SubscriptionTrie(
            limits: SubscriptionLimits(topicLength: 100, bytesPerSubscriber: 150))
        _ = try trie.subscribe([UInt8](repeating: 1, count: 100), 0)
        _ = try trie.subscribe([UInt8](repeating: 2, count: 50), 0)
        #expect(throws: SubscriptionLimitError.bytesPerSubscriber) { try trie.subscribe([3], 0) }
        #expect(try trie.subscribe([], 0) == (true, true))
        #expect(trie.topicBytes(of: 0) == 150)
    }

    @Test(arguments: [-1, Int.min, Int.max, Int(Int32.max)])
    func slotsThatAreNoSlotsAreRefused(_ slot: Int) {
        var trie = SubscriptionTrie()
        #expect(throws: SubscriptionLimitError.slot) { try trie.subscribe([1], slot) }
        #expect(trie.topicCount(of: slot) == 0)
    }

    @Test func BI_S7_sameTopicAMillionTimes() throws {
        var trie = SubscriptionTrie()
        let topic = Array("again and again".utf8)
        try topic.withUnsafeBytes { topic in
            for _ in 0..<1_000_000 { _ = try trie.subscribe(topic, 5) }
        }
        #expect(trie.nodes.count == 2 && trie.subscriptionCount == 1)
        #expect(trie.topicCount(of: 5) == 1 && trie.topicBytes(of: 5) == topic.count)
        var reported: [[UInt8]] = []
        trie.removeAll(of: 5) { reported.append($0) }
        #expect(reported == [topic])
        #expect(trie.nodes.count == 1)
    }

    /// reliability.md section 3, rows 14 and 44: very many topics at once.
    @Test func S18_aMillionTopics() throws {
        var trie = SubscriptionTrie(limits: .unlimited)
        for number in 0..<UInt32(1_000_000) {
            _ = try withUnsafeBytes(of: number) { (topic) throws(SubscriptionLimitError) in
                try trie.subscribe(topic, 0)
            }
        }
        #expect(trie.topicCount(of: 0) == 1_000_000)
        #expect(withUnsafeBytes(of: UInt32(777_777)) { trie.matchesAny($0) } == true)
        #expect(withUnsafeBytes(of: UInt32(1_000_000)) { trie.matchesAny($0) } == false)
        var count = 0
        trie.removeAll(of: 0) { _ in count += 1 }
        #expect(count == 1_000_000)
        #expect(trie.nodes.count == 1)
    }

    private static func topic(_ number: Int) -> [UInt8] { Array("t/\(number)/".utf8) }
}
