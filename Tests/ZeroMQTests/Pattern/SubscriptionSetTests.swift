import Testing

@testable import ZeroMQ

@Suite struct SubscriptionSetTests {
    @Test func S2_firstAndLastOfATopic() throws {
        var set = SubscriptionSet()
        #expect(try add("a", to: &set))
        #expect(try !add("a", to: &set))
        #expect(remove("a", from: &set) == .stillWanted)
        #expect(matches("abc", set) && !matches("b", set))
        #expect(remove("a", from: &set) == .last)
        #expect(remove("a", from: &set) == .unknown)
        #expect(matches("abc", set) == false)
        #expect(set.isEmpty == true)
    }

    @Test func S13_startsWithNothingAndTheEmptyTopicMatchesAll() throws {
        var set = SubscriptionSet()
        #expect(!matches("", set) && !matches("x", set))
        #expect(try add("", to: &set))
        #expect(matches("", set) && matches("x", set))
        #expect(remove("", from: &set) == .last)
        #expect(matches("", set) == false)
    }

    @Test func S10_everyTopicIsThereToBeSentAgainOnceEach() throws {
        var set = SubscriptionSet()
        for topic in ["b", "a", "", "b", "ab"] { _ = try add(topic, to: &set) }
        var topics: [String] = []
        set.forEachTopic { topics.append(String(decoding: $0, as: UTF8.self)) }
        #expect(topics == ["b", "a", "", "ab"])
        #expect(set.count == 4 && set.byteCount == 4)
        set.removeAll()
        #expect(set.isEmpty && set.count == 0 && set.byteCount == 0)
    }

    @Test func limitsAreThoseGiven() throws {
        var set = SubscriptionSet(limits: SubscriptionLimits(topicsPerSubscriber: 1))
        _ = try add("a", to: &set)
        #expect(throws: SubscriptionLimitError.topicsPerSubscriber) { try add("b", to: &set) }
    }

    private func add(
        _ topic: String, to set: inout SubscriptionSet
    ) throws(SubscriptionLimitError) -> Bool {
        let topic = UnsafeRawBufferPointer.copy(Array(topic.utf8))
        defer { topic.deallocate() }
        return try set.add(topic)
    }

    private func remove(
        _ topic: String, from set: inout SubscriptionSet
    ) -> SubscriptionSet.Removal {
        Array(topic.utf8).withUnsafeBytes { set.remove($0) }
    }

    private func matches(_ topic: String, _ set: borrowing SubscriptionSet) -> Bool {
        Array(topic.utf8).withUnsafeBytes { set.matchesAny($0) }
    }
}
