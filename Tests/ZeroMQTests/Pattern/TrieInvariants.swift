@testable import ZeroMQ

extension SubscriptionTrie {
    /// What is wrong with the structure, nil if nothing is; also that the arenas lose nothing.
    func brokenInvariant() -> String? {
        var seen = 0
        var pairs = 0
        var blockWords = 0
        var pending: [UInt32] = [TrieNode.root]
        while let index = pending.popLast() {
            let node = nodes[index]
            seen += 1
            if seen > nodes.count { return "more nodes are reachable than are in use" }
            pairs += Int(node.pointee.subscriberCount)
            if let problem = brokenNode(index) { return problem }
            blockWords += wordsOf(node)
            var children = 0
            for key in 0...255 {
                let child = child(of: node, UInt8(key))
                guard child != TrieNode.none else { continue }
                children += 1
                pending.append(child)
                if nodes[child].pointee.parent != index { return "wrong parent" }
                if label(of: nodes[child]).load(as: UInt8.self) != UInt8(key) {
                    return "a child is linked under another key"
                }
            }
            if children != Int(node.pointee.childCount) { return "wrong count of children" }
        }
        if seen != nodes.count { return "\(nodes.count - seen) nodes are lost" }
        if pairs != subscriptionCount { return "\(subscriptionCount - pairs) pairs are lost" }
        if blockWords != words.wordsInUse { return "\(words.wordsInUse - blockWords) words lost" }
        return nil
    }

    private func brokenNode(_ index: UInt32) -> String? {
        let node = nodes[index]
        let count = Int(node.pointee.subscriberCount)
        if index != TrieNode.root {
            if node.pointee.labelLength == 0 { return "a node without a label" }
            if count == 0, node.pointee.childCount == 0 { return "a node that serves nobody" }
        }
        guard count > 1 else { return nil }
        let slots = words[node.pointee.subscribers]
        for position in 1..<count where slots[position - 1] >= slots[position] {
            return "subscribers out of order"
        }
        for position in 0..<count {
            let pair = subscription(of: Int(slots[position]), to: index)
            if pair != true { return "a subscriber without its subscription" }
        }
        return nil
    }

    private func subscription(of slot: Int, to index: UInt32) -> Bool? {
        var topic: [UInt8] = []
        withTopic(at: index) { topic = Array($0) }
        let found = topic.withUnsafeBytes { subscription(of: slot, to: $0) }
        guard let found else { return nil }
        let pair = subscriptions[found].pointee
        return pair.node == index && Int(pair.slot) == slot && pair.count >= 1
    }

    private func wordsOf(_ node: UnsafeMutablePointer<TrieNode>) -> Int {
        var sum = 0
        switch node.pointee.childStorage {
        case .inNode: break
        case .block: sum += 1 << TrieNode.blockExponent
        case .table: sum += 1 << TrieNode.tableExponent
        }
        let length = Int(node.pointee.labelLength)
        if length > TrieNode.maxInlineLabel { sum += 1 << TrieNode.labelExponent(length) }
        let count = Int(node.pointee.subscriberCount)
        if count > 1 { sum += 1 << WordPool.exponent(forWords: count * 2) }
        return sum
    }
}
