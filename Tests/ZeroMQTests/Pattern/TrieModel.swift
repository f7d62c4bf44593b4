@testable import ZeroMQ

/// What a `SubscriptionTrie` must do, as plainly as possible.
struct TrieModel {
    private(set) var counts: [Pair: Int] = [:]

    struct Pair: Hashable {
        var topic: [UInt8]
        var slot: Int
    }

    mutating func subscribe(
        _ topic: [UInt8], _ slot: Int
    ) -> (firstForTopic: Bool, firstForSubscriber: Bool) {
        let firstForTopic = !holds(topic)
        counts[Pair(topic: topic, slot: slot), default: 0] += 1
        return (firstForTopic, counts[Pair(topic: topic, slot: slot)] == 1)
    }

    mutating func cancel(
        _ topic: [UInt8], _ slot: Int
    ) -> (existed: Bool, lastForTopic: Bool, lastForSubscriber: Bool) {
        let pair = Pair(topic: topic, slot: slot)
        guard let count = counts[pair] else { return (false, false, false) }
        counts[pair] = count == 1 ? nil : count - 1
        return (true, !holds(topic), count == 1)
    }

    mutating func removeAll(of slot: Int) -> Set<[UInt8]> {
        let topics = topics(of: slot)
        counts = counts.filter { $0.key.slot != slot }
        return topics.filter { !holds($0) }
    }

    func topics(of slot: Int) -> Set<[UInt8]> {
        Set(counts.keys.lazy.filter { $0.slot == slot }.map(\.topic))
    }

    func matches(_ topic: [UInt8]) -> Set<Int> {
        Set(counts.keys.lazy.filter { topic.starts(with: $0.topic) }.map(\.slot))
    }

    private func holds(_ topic: [UInt8]) -> Bool {
        counts.keys.contains { $0.topic == topic }
    }
}

extension SubscriptionTrie {
    mutating func subscribe(
        _ topic: [UInt8], _ slot: Int
    ) throws(SubscriptionLimitError) -> (firstForTopic: Bool, firstForSubscriber: Bool) {
        let topic = UnsafeRawBufferPointer.copy(topic)
        defer { topic.deallocate() }
        let outcome = try subscribe(topic, slot)
        return (outcome.firstForTopic, outcome.firstForSubscriber)
    }

    mutating func cancel(
        _ topic: [UInt8], _ slot: Int
    ) -> (existed: Bool, lastForTopic: Bool, lastForSubscriber: Bool) {
        let topic = UnsafeRawBufferPointer.copy(topic)
        defer { topic.deallocate() }
        let outcome = cancel(topic, slot)
        return (outcome.existed, outcome.lastForTopic, outcome.lastForSubscriber)
    }

    /// The matching slots in the order of the calls, duplicates included.
    func matches(_ topic: [UInt8]) -> [Int] {
        var slots: [Int] = []
        topic.withUnsafeBytes { forEachMatch($0) { slots.append($0) } }
        return slots
    }

    func topics(of slot: Int) -> [[UInt8]] {
        var topics: [[UInt8]] = []
        forEachTopic(of: slot) { topics.append(Array($0)) }
        return topics
    }
}

extension UnsafeRawBufferPointer {
    /// An exact copy, so that a read past the end is one past an allocation.
    static func copy(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(memory)
    }
}
