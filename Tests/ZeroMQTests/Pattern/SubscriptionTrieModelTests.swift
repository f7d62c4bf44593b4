import Testing

@testable import ZeroMQ

/// FZ15: seeded random operations against a plain list of prefixes.
@Suite struct SubscriptionTrieModelTests {
    /// How the topics of a run look.
    enum Shape: CaseIterable {
        /// Few letters, so that prefixes, splits and joins abound.
        case dense
        /// Any byte, so that nodes have many children.
        case wide
        /// Runs of one letter around the lengths where labels change their form.
        case long
    }

    @Test(arguments: Shape.allCases, [1, 2, 3, 4] as [UInt64])
    func FZ15_matchesAsANaiveListDoes(_ shape: Shape, seed: UInt64) throws {
        var random = PatternRandom(seed: seed)
        var trie = SubscriptionTrie(limits: .unlimited)
        var model = TrieModel()
        for step in 0..<1500 {
            // Phases of growth and of decay.
            let growth = step / 300 % 2 == 0 ? 60 : 25
            let slot = random.below(6)
            switch random.below(100) {
            case ..<growth:
                let topic = Self.topic(shape, &random)
                #expect(try trie.subscribe(topic, slot) == model.subscribe(topic, slot))
            case ..<92:
                let known = model.counts.keys.randomElement(using: &random)
                let topic = known?.topic ?? Self.topic(shape, &random)
                let owner = random.below(4) == 0 ? slot : known?.slot ?? slot
                #expect(trie.cancel(topic, owner) == model.cancel(topic, owner))
            default:
                var reported: Set<[UInt8]> = []
                trie.removeAll(of: slot) { reported.insert($0) }
                #expect(reported == model.removeAll(of: slot))
            }
            compare(trie, model, Self.topic(shape, &random))
            if step % 20 == 0 { #expect(trie.brokenInvariant() == nil) }
        }
        for slot in 0..<6 {
            #expect(Set(trie.topics(of: slot)) == model.topics(of: slot))
            #expect(trie.topicCount(of: slot) == model.topics(of: slot).count)
            trie.removeAll(of: slot)
        }
        #expect(trie.nodes.count == 1 && trie.words.wordsInUse == 0)
        #expect(trie.subscriptions.count == 1)
    }

    private func compare(
        _ trie: borrowing SubscriptionTrie, _ model: TrieModel, _ base: [UInt8]
    ) {
        for topic in [base, base + [97], base.dropLast()] {
            let slots = trie.matches(topic)
            #expect(Set(slots) == model.matches(topic))
            #expect(Set(slots).count == slots.count)
            #expect(topic.withUnsafeBytes { trie.matchesAny($0) } == !slots.isEmpty)
        }
    }

    static func topic(_ shape: Shape, _ random: inout PatternRandom) -> [UInt8] {
        switch shape {
        case .dense:
            return (0..<random.below(9)).map { _ in UInt8(97 + random.below(2)) }
        case .wide:
            return (0..<random.below(4)).map { _ in UInt8(random.below(256)) }
        case .long:
            let lengths = [0, 1, 4, 8, 16, 23, 24, 25, 64, 128, 254, 255, 256, 400, 511]
            let length = lengths[random.below(lengths.count)] + random.below(2)
            var topic = [UInt8](repeating: 97, count: length)
            if length > 0, random.below(2) == 0 { topic[random.below(length)] = 98 }
            return topic
        }
    }
}
