import Testing

@testable import ZeroMQ

@Suite struct SubscriptionTrieTests {
    @Test func nodeIsOneCacheLineWithTheLabelWhereItIsLookedFor() {
        #expect(MemoryLayout<TrieNode>.stride == 64)
        #expect(MemoryLayout<TrieNode>.offset(of: \.label) == TrieNode.labelOffset)
    }

    @Test func S1_matchesByBytePrefix() throws {
        var trie = SubscriptionTrie()
        _ = try trie.subscribe(Array("ab".utf8), 1)
        _ = try trie.subscribe(Array("abc".utf8), 2)
        _ = try trie.subscribe([0, 255], 3)
        #expect(trie.matches(Array("abcd".utf8)) == [1, 2])
        #expect(trie.matches(Array("ab".utf8)) == [1])
        #expect(trie.matches(Array("abd".utf8)) == [1])
        #expect(trie.matches(Array("a".utf8)) == [])
        #expect(trie.matches([0, 255, 0]) == [3])
        #expect(trie.matches([0]) == [])
        #expect(trie.matches([]) == [])
    }

    @Test func S1_emptySubscriptionMatchesAllEvenTheEmptyFrame() throws {
        var trie = SubscriptionTrie()
        _ = try trie.subscribe([], 7)
        #expect(trie.matches([]) == [7])
        #expect(trie.matches([0]) == [7])
        #expect(trie.matches(Array("anything".utf8)) == [7])
        let isMatch = [UInt8]().withUnsafeBytes { trie.matchesAny($0) }
        #expect(isMatch)
    }

    @Test func S2_subscriptionsCountPerTopicAndSubscriber() throws {
        var trie = SubscriptionTrie()
        let topic = Array("topic".utf8)
        #expect(try trie.subscribe(topic, 0) == (true, true))
        #expect(try trie.subscribe(topic, 0) == (false, false))
        #expect(try trie.subscribe(topic, 1) == (false, true))
        #expect(trie.cancel(topic, 0) == (true, false, false))
        #expect(trie.matches(topic) == [0, 1])
        #expect(trie.cancel(topic, 0) == (true, false, true))
        #expect(trie.matches(topic) == [1])
        #expect(trie.cancel(topic, 1) == (true, true, true))
        #expect(trie.matches(topic) == [])
    }

    @Test(arguments: ["", "a", "ab", "abcd", "abx", "b"])
    func BI_S2_cancelOfUnknownTopicChangesNothing(_ unknown: String) throws {
        var trie = SubscriptionTrie()
        _ = try trie.subscribe(Array("abc".utf8), 0)
        #expect(trie.cancel(Array(unknown.utf8), 0) == (false, false, false))
        #expect(trie.cancel(Array("abc".utf8), 1) == (false, false, false))
        #expect(trie.cancel(Array("abc".utf8), -1) == (false, false, false))
        #expect(trie.cancel(Array("abc".utf8), .max) == (false, false, false))
        #expect(trie.subscriptionCount == 1)
        #expect(trie.brokenInvariant() == nil)
    }

    @Test func S12_removalReportsTopicsNobodyElseHolds() throws {
        var trie = SubscriptionTrie()
        for topic in ["", "a", "ab", "abc", "x"] { _ = try trie.subscribe(Array(topic.utf8), 0) }
        for topic in ["ab", "y"] { _ = try trie.subscribe(Array(topic.utf8), 1) }
        var reported: [String] = []
        trie.removeAll(of: 0) { reported.append(String(decoding: $0, as: UTF8.self)) }
        #expect(reported == ["", "a", "abc", "x"])
        #expect(trie.matches(Array("abc".utf8)) == [1])
        #expect(trie.subscriptionCount == 2)
        #expect(trie.topicCount(of: 0) == 0 && trie.topicBytes(of: 0) == 0)
        trie.removeAll(of: 1)
        trie.removeAll(of: 1)
        trie.removeAll(of: 99)
        trie.removeAll(of: -1)
        #expect(trie.isEmpty && trie.nodes.count == 1)
        #expect(trie.brokenInvariant() == nil)
    }

    @Test func eachSubscriberOnceAlthoughSeveralPrefixesMatch() throws {
        var trie = SubscriptionTrie()
        let topic = Array("abcdefgh".utf8)
        for slot in [5, 0, 300, 7] {
            for length in 0...8 { _ = try trie.subscribe(Array(topic.prefix(length)), slot) }
        }
        for _ in 0..<3 {
            #expect(trie.matches(topic).sorted() == [0, 5, 7, 300])
            #expect(trie.matches([]) == [0, 5, 7, 300])
        }
    }

    @Test func topicsOfASubscriberComeOldestFirst() throws {
        var trie = SubscriptionTrie()
        let topics = ["m", "z", "", "a", "zz"].map { Array($0.utf8) }
        for topic in topics { _ = try trie.subscribe(topic, 3) }
        #expect(trie.topics(of: 3) == topics)
        _ = trie.cancel(topics[1], 3)
        _ = trie.cancel(topics[4], 3)
        #expect(trie.topics(of: 3) == [topics[0], topics[2], topics[3]])
        #expect(trie.topicCount(of: 3) == 3 && trie.topicBytes(of: 3) == 2)
        #expect(trie.topics(of: 4) == [] && trie.topics(of: -4) == [])
    }

    @Test func everyNumberOfChildrenIsHeldAndReleased() throws {
        var trie = SubscriptionTrie()
        for key in (0...255).reversed() {
            _ = try trie.subscribe([9, UInt8(key), 1], key)
            #expect(trie.brokenInvariant() == nil)
        }
        for key in 0...255 { #expect(trie.matches([9, UInt8(key), 1, 1]) == [key]) }
        for key in 0...255 {
            #expect(trie.cancel([9, UInt8(key), 1], key) == (true, true, true))
            #expect(trie.brokenInvariant() == nil)
        }
        #expect(trie.nodes.count == 1 && trie.words.wordsInUse == 0)
    }

    @Test func everyNumberOfSubscribersIsHeldAndReleased() throws {
        var trie = SubscriptionTrie()
        var random = PatternRandom(seed: 4)
        let slots = Array(0..<200).shuffled(using: &random)
        for (count, slot) in slots.enumerated() {
            #expect(try trie.subscribe([1, 2], slot) == (count == 0, true))
            #expect(trie.brokenInvariant() == nil)
        }
        #expect(trie.matches([1, 2, 3]) == Array(0..<200))
        for slot in slots.shuffled(using: &random) {
            _ = trie.cancel([1, 2], slot)
            #expect(trie.brokenInvariant() == nil)
        }
        #expect(trie.isEmpty && trie.words.wordsInUse == 0)
    }

    @Test func labelsOfEveryLengthSplitAndJoin() throws {
        var trie = SubscriptionTrie()
        let topic = (0..<600).map { UInt8($0 % 251) }
        for length in stride(from: 600, through: 0, by: -1) {
            _ = try trie.subscribe(Array(topic.prefix(length)), 0)
        }
        #expect(trie.brokenInvariant() == nil)
        #expect(trie.matches(topic) == [0])
        for length in 1...600 where length % 7 != 0 {
            _ = trie.cancel(Array(topic.prefix(length)), 0)
        }
        #expect(trie.brokenInvariant() == nil)
        trie.removeAll(of: 0)
        _ = try trie.subscribe(topic, 0)
        #expect(trie.nodes.count == 4)
        for cut in 1..<600 { _ = try trie.subscribe(Array(topic.prefix(cut)) + [255], 1) }
        trie.removeAll(of: 1)
        #expect(trie.brokenInvariant() == nil)
        #expect(trie.nodes.count < 9)
        #expect(trie.matches(topic) == [0] && trie.matches(topic.dropLast()) == [])
    }
}
