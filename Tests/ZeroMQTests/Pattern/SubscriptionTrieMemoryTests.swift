import Testing

@testable import ZeroMQ

/// Subscribers that ask for more memory than there is, or than all of them may take together.
@Suite struct SubscriptionTrieMemoryTests {
    /// Each block of the trie is now and then without memory to grow: what is refused leaves no
    /// trace, and what there is can be matched and taken back.
    @Test(arguments: SubscriptionTrieModelTests.Shape.allCases, [1, 2, 3] as [UInt64])
    func BI_S5_subscriptionsWithoutMemory(
        _ shape: SubscriptionTrieModelTests.Shape, seed: UInt64
    ) throws {
        var random = PatternRandom(seed: seed)
        var trie = SubscriptionTrie(limits: .unlimited)
        var model = TrieModel()
        var refused = 0
        for step in 0..<1500 {
            Self.freeze(&trie, &random)
            let slot = random.below(step / 25 + 1)
            // Phases of growth and of decay.
            if random.below(100) < (step / 300 % 2 == 0 ? 75 : 30) {
                let topic = SubscriptionTrieModelTests.topic(shape, &random)
                do throws(SubscriptionLimitError) {
                    let outcome = try trie.subscribe(topic, slot)
                    #expect(outcome == model.subscribe(topic, slot))
                } catch {
                    #expect(error == .memory)
                    refused += 1
                }
            } else if let known = model.counts.keys.randomElement(using: &random) {
                #expect(
                    trie.cancel(known.topic, known.slot) == model.cancel(known.topic, known.slot))
            }
            if random.below(200) == 0 {
                var reported: Set<[UInt8]> = []
                trie.removeAll(of: slot) { reported.insert($0) }
                #expect(reported == model.removeAll(of: slot))
            }
            let topic = SubscriptionTrieModelTests.topic(shape, &random)
            #expect(Set(trie.matches(topic)) == model.matches(topic))
            if step % 10 == 0 { #expect(trie.brokenInvariant() == nil) }
        }
        #expect(refused > 10)
        for slot in 0...100 {
            #expect(Set(trie.topics(of: slot)) == model.topics(of: slot))
            trie.removeAll(of: slot)
        }
        #expect(trie.nodes.count == 1 && trie.words.wordsInUse == 0)
        #expect(trie.subscriptions.count == 1)
    }

    /// Lets each block grow, or not, from now on.
    private static func freeze(_ trie: inout SubscriptionTrie, _ random: inout PatternRandom) {
        let most = Int(Int32.max)
        trie.nodes.mostCapacity = random.below(4) == 0 ? most : trie.nodes.capacity
        trie.words.mostCapacity = random.below(8) == 0 ? most : trie.words.capacity
        trie.subscriptions.mostCapacity =
            random.below(4) == 0 ? most : trie.subscriptions.capacity
        trie.subscribers.mostCapacity = random.below(4) == 0 ? most : trie.subscribers.capacity
        trie.stamps.mostCapacity = random.below(4) == 0 ? most : 16
    }

    /// A topic of many nodes, for which there is memory up to the last but one, and then for all.
    @Test(arguments: [1_000, 4_000, 60_000])
    func BI_S6_halfATopicIsTakenBack(_ length: Int) throws {
        var trie = SubscriptionTrie()
        _ = try trie.subscribe(Array("ab".utf8), 0)
        let topic = Array("ac".utf8) + [UInt8](repeating: 97, count: length)
        // The root, the two halves of the split node, and the pieces of the rest.
        let needed = 3 + (length + 1 + 254) / 255
        for most in trie.nodes.capacity..<needed {
            trie.nodes.mostCapacity = most
            #expect(throws: SubscriptionLimitError.memory) { try trie.subscribe(topic, 1) }
            #expect(trie.nodes.count == 2 && trie.words.wordsInUse == 0)
        }
        #expect(trie.brokenInvariant() == nil)
        #expect(trie.matches(topic) == [])
        #expect(trie.matches(Array("abc".utf8)) == [0])
        trie.nodes.mostCapacity = needed
        #expect(try trie.subscribe(topic, 1) == (true, true))
        #expect(trie.matches(topic) == [1])
        #expect(trie.brokenInvariant() == nil)
    }

    @Test func BI_S5_limitOfBytesOfAllSubscribers() throws {
        var limits = SubscriptionLimits()
        limits.bytesInAll = 64 << 10
        var trie = SubscriptionTrie(limits: limits)
        var accepted = 0
        #expect(throws: SubscriptionLimitError.bytesInAll) {
            while true {
                _ = try trie.subscribe(Array("topic/\(accepted)".utf8), accepted % 7)
                accepted += 1
            }
        }
        #expect(trie.subscriptionCount == accepted)
        #expect(trie.brokenInvariant() == nil)
        // At the limit, and not a record below it.
        #expect(trie.bytesInUse <= 64 << 10)
        #expect(trie.bytesInUse > (64 << 10) - 256)
        let refused = Array("topic/\(accepted)".utf8)
        #expect(trie.topics(of: accepted % 7).contains(refused) == false)
        // A repetition needs nothing; what one gives back another may have.
        #expect(try trie.subscribe(Array("topic/0".utf8), 0) == (false, false))
        trie.removeAll(of: 3)
        #expect(try trie.subscribe(refused, 9) == (true, true))
        #expect(trie.brokenInvariant() == nil)
    }

    @Test func theLimitOfAllIsExact() throws {
        var trie = SubscriptionTrie()
        _ = try trie.subscribe([1], 0)
        _ = try trie.subscribe([UInt8](repeating: 2, count: 100), 1)
        var limits = SubscriptionLimits()
        limits.bytesInAll = trie.bytesInUse
        var exact = SubscriptionTrie(limits: limits)
        _ = try exact.subscribe([1], 0)
        _ = try exact.subscribe([UInt8](repeating: 2, count: 100), 1)
        limits.bytesInAll -= 1
        var less = SubscriptionTrie(limits: limits)
        _ = try less.subscribe([1], 0)
        #expect(throws: SubscriptionLimitError.bytesInAll) {
            try less.subscribe([UInt8](repeating: 2, count: 100), 1)
        }
        #expect(less.subscriptionCount == 1 && less.words.wordsInUse == 0)
    }
}
