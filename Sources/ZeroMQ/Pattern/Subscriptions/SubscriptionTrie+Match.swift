extension SubscriptionTrie {
    /// Calls `body` with the slot of every subscriber that holds a prefix of `topic`, each once.
    ///
    /// `body` must not change the trie, nor start another match.
    @inline(__always)
    func forEachMatch(_ topic: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
        var only: UnsafeMutablePointer<TrieNode>?
        var round: UInt32 = 0
        walk(topic) { node in
            // Marks are needed from the second matching prefix on.
            if let first = only {
                round = stamps.nextRound()
                forEachUnmarked(first, round, body)
                forEachUnmarked(node, round, body)
                only = nil
            } else if round != 0 {
                forEachUnmarked(node, round, body)
            } else {
                only = node
            }
            return true
        }
        if let node = only { forEachSubscriber(of: node, body) }
    }

    /// Whether anybody holds a prefix of `topic`.
    func matchesAny(_ topic: UnsafeRawBufferPointer) -> Bool {
        var found = false
        walk(topic) { _ in
            found = true
            return false
        }
        return found
    }

    /// Visits each node on the way of `topic` that has subscribers, until `visit` says false.
    @inline(__always)
    private func walk(
        _ topic: UnsafeRawBufferPointer, _ visit: (UnsafeMutablePointer<TrieNode>) -> Bool
    ) {
        var node = nodes[TrieNode.root]
        if node.pointee.subscriberCount != 0, !visit(node) { return }
        guard node.pointee.childCount != 0, var bytes = topic.baseAddress else { return }
        var rest = topic.count
        while rest != 0 {
            let index = child(of: node, bytes.load(as: UInt8.self))
            guard index != TrieNode.none else { return }
            node = nodes[index]
            let length = Int(node.pointee.labelLength)
            guard length <= rest, Self.equal(label(of: node), bytes, length) else { return }
            bytes += length
            rest -= length
            if node.pointee.subscriberCount != 0, !visit(node) { return }
        }
    }

    @inline(__always)
    private func forEachSubscriber(
        of node: UnsafeMutablePointer<TrieNode>, _ body: (Int) -> Void
    ) {
        let count = Int(node.pointee.subscriberCount)
        if count == 1 { return body(Int(node.pointee.subscribers)) }
        let slots = words[node.pointee.subscribers]
        for position in 0..<count { body(Int(slots[position])) }
    }

    @inline(__always)
    private func forEachUnmarked(
        _ node: UnsafeMutablePointer<TrieNode>, _ round: UInt32, _ body: (Int) -> Void
    ) {
        let count = Int(node.pointee.subscriberCount)
        if count == 1 {
            let slot = node.pointee.subscribers
            if stamps.mark(slot, in: round) { body(Int(slot)) }
            return
        }
        let slots = words[node.pointee.subscribers]
        for position in 0..<count where stamps.mark(slots[position], in: round) {
            body(Int(slots[position]))
        }
    }

    /// Compares `count` bytes; a call to `memcmp` costs more than the usual few bytes do.
    @inline(__always)
    static func equal(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
        if count < 4 {
            for offset in 0..<count
            where a.load(fromByteOffset: offset, as: UInt8.self)
                != b.load(fromByteOffset: offset, as: UInt8.self)
            {
                return false
            }
            return true
        }
        if count < 8 { return equalEnds(a, b, count, UInt32.self) }
        var offset = 0
        while offset + 16 < count {
            guard equalEnds(a + offset, b + offset, 16, UInt64.self) else { return false }
            offset += 16
        }
        // What is left is at most 16 bytes; the two loads may overlap what was compared already.
        let start = max(0, min(offset, count - 8))
        return equalEnds(a + start, b + start, count - start, UInt64.self)
    }

    /// Compares the first and the last word of a run of one to two words.
    @inline(__always)
    private static func equalEnds<Word: FixedWidthInteger & BitwiseCopyable>(
        _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int, _: Word.Type
    ) -> Bool {
        let last = count - MemoryLayout<Word>.size
        let first = a.loadUnaligned(as: Word.self) ^ b.loadUnaligned(as: Word.self)
        let second =
            a.loadUnaligned(fromByteOffset: last, as: Word.self)
            ^ b.loadUnaligned(fromByteOffset: last, as: Word.self)
        return first | second == 0
    }
}
