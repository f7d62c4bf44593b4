/// Labels of nodes, and the changes of shape: splitting a node in two and joining two into one.
extension SubscriptionTrie {
    /// The bytes of a node's label; valid until the trie changes.
    @inline(__always)
    func label(of node: UnsafeMutablePointer<TrieNode>) -> UnsafeRawPointer {
        if node.pointee.labelLength <= TrieNode.maxInlineLabel {
            return UnsafeRawPointer(node) + TrieNode.labelOffset
        }
        return UnsafeRawPointer(words[UInt32(truncatingIfNeeded: node.pointee.label.0)])
    }

    /// Gives a node without a label one of 1 to 255 bytes, which must not lie in this trie.
    mutating func setLabel(of index: UInt32, _ bytes: UnsafeRawPointer, _ length: Int) {
        let node = nodes[index]
        node.pointee.labelLength = UInt8(truncatingIfNeeded: length)
        if length <= TrieNode.maxInlineLabel {
            let label = UnsafeMutableRawPointer(node) + TrieNode.labelOffset
            label.copyMemory(from: bytes, byteCount: length)
            return
        }
        let block = words.allocate(exponent: TrieNode.labelExponent(length))
        UnsafeMutableRawPointer(words[block]).copyMemory(from: bytes, byteCount: length)
        node.pointee.label.0 = UInt64(block)
    }

    mutating func freeLabel(of index: UInt32) {
        let length = Int(nodes[index].pointee.labelLength)
        guard length > TrieNode.maxInlineLabel else { return }
        let block = UInt32(truncatingIfNeeded: nodes[index].pointee.label.0)
        words.free(block, exponent: TrieNode.labelExponent(length))
    }

    private mutating func replaceLabel(
        of index: UInt32, _ bytes: UnsafeRawPointer, _ length: Int
    ) {
        freeLabel(of: index)
        setLabel(of: index, bytes, length)
    }

    /// Puts a new node above `index` that takes the first `length` bytes of its label.
    mutating func split(_ index: UInt32, at length: Int) -> UInt32 {
        let whole = Int(nodes[index].pointee.labelLength)
        let upper = nodes.insert(TrieNode(parent: nodes[index].pointee.parent))
        withUnsafeTemporaryAllocation(byteCount: TrieNode.maxLabel, alignment: 1) { copy in
            guard let bytes = copy.baseAddress else { return }
            bytes.copyMemory(from: label(of: nodes[index]), byteCount: whole)
            setLabel(of: upper, bytes, length)
            relink(upper, inPlaceOf: index)
            replaceLabel(of: index, bytes + length, whole - length)
        }
        link(index, to: upper)
        return upper
    }

    /// Removes a node with one child and no subscriber, whose label goes to the child if it fits.
    mutating func join(_ index: UInt32) {
        let node = nodes[index].pointee
        let child = node.children[0]
        let upper = Int(node.labelLength)
        let lower = Int(nodes[child].pointee.labelLength)
        guard upper + lower <= TrieNode.maxLabel else { return }
        withUnsafeTemporaryAllocation(byteCount: TrieNode.maxLabel, alignment: 1) { copy in
            guard let bytes = copy.baseAddress else { return }
            bytes.copyMemory(from: label(of: nodes[index]), byteCount: upper)
            (bytes + upper).copyMemory(from: label(of: nodes[child]), byteCount: lower)
            replaceLabel(of: child, bytes, upper + lower)
        }
        relink(child, inPlaceOf: index)
        nodes[child].pointee.parent = node.parent
        freeLabel(of: index)
        nodes.remove(index)
    }

    /// The node where exactly this topic ends.
    func node(of topic: UnsafeRawBufferPointer) -> UInt32? {
        var index = TrieNode.root
        guard var bytes = topic.baseAddress else { return index }
        var rest = topic.count
        while rest != 0 {
            index = child(of: nodes[index], bytes.load(as: UInt8.self))
            guard index != TrieNode.none else { return nil }
            let length = Int(nodes[index].pointee.labelLength)
            guard length <= rest, Self.equal(label(of: nodes[index]), bytes, length) else {
                return nil
            }
            bytes += length
            rest -= length
        }
        return index
    }

    /// Puts the topic that ends at a node together from the labels above it.
    func withTopic(at index: UInt32, _ body: (UnsafeRawBufferPointer) -> Void) {
        var length = 0
        var node = index
        while node != TrieNode.root {
            length += Int(nodes[node].pointee.labelLength)
            node = nodes[node].pointee.parent
        }
        withUnsafeTemporaryAllocation(byteCount: length, alignment: 1) { topic in
            var end = length
            var node = index
            while node != TrieNode.root, let bytes = topic.baseAddress {
                let piece = Int(nodes[node].pointee.labelLength)
                end -= piece
                (bytes + end).copyMemory(from: label(of: nodes[node]), byteCount: piece)
                node = nodes[node].pointee.parent
            }
            body(UnsafeRawBufferPointer(topic))
        }
    }
}
