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

    /// Gives a node without a label one of 1 to 255 bytes, which must not lie in this trie. False
    /// when there is no memory for it, nothing has changed then.
    mutating func setLabel(of index: UInt32, _ bytes: UnsafeRawPointer, _ length: Int) -> Bool {
        guard length > TrieNode.maxInlineLabel else {
            setShortLabel(of: index, bytes, length)
            return true
        }
        guard let block = words.allocate(exponent: TrieNode.labelExponent(length)) else {
            return false
        }
        setLongLabel(of: index, in: block, bytes, length)
        return true
    }

    private func setShortLabel(of index: UInt32, _ bytes: UnsafeRawPointer, _ length: Int) {
        let node = nodes[index]
        node.pointee.labelLength = UInt8(truncatingIfNeeded: length)
        let label = UnsafeMutableRawPointer(node) + TrieNode.labelOffset
        label.copyMemory(from: bytes, byteCount: length)
    }

    private func setLongLabel(
        of index: UInt32, in block: UInt32, _ bytes: UnsafeRawPointer, _ length: Int
    ) {
        UnsafeMutableRawPointer(words[block]).copyMemory(from: bytes, byteCount: length)
        nodes[index].pointee.labelLength = UInt8(truncatingIfNeeded: length)
        nodes[index].pointee.label.0 = UInt64(block)
    }

    mutating func freeLabel(of index: UInt32) {
        let length = Int(nodes[index].pointee.labelLength)
        guard length > TrieNode.maxInlineLabel else { return }
        let block = UInt32(truncatingIfNeeded: nodes[index].pointee.label.0)
        words.free(block, exponent: TrieNode.labelExponent(length))
    }

    /// Gives a node a shorter label, for which there is always memory: that of the old one.
    private mutating func shortenLabel(
        of index: UInt32, to bytes: UnsafeRawPointer, _ length: Int
    ) {
        guard length > TrieNode.maxInlineLabel else {
            freeLabel(of: index)
            return setShortLabel(of: index, bytes, length)
        }
        let block = words.shrink(
            UInt32(truncatingIfNeeded: nodes[index].pointee.label.0),
            from: TrieNode.labelExponent(Int(nodes[index].pointee.labelLength)),
            to: TrieNode.labelExponent(length))
        setLongLabel(of: index, in: block, bytes, length)
    }

    /// Puts a new node above `index` that takes the first `length` bytes of its label. Nil when
    /// there is no memory for it, nothing has changed then.
    mutating func split(_ index: UInt32, at length: Int) -> UInt32? {
        let whole = Int(nodes[index].pointee.labelLength)
        guard let upper = nodes.insert(TrieNode(parent: nodes[index].pointee.parent)) else {
            return nil
        }
        let isDone = withUnsafeTemporaryAllocation(
            byteCount: TrieNode.maxLabel, alignment: 1
        ) { copy in
            guard let bytes = copy.baseAddress else { return false }
            bytes.copyMemory(from: label(of: nodes[index]), byteCount: whole)
            guard setLabel(of: upper, bytes, length) else { return false }
            relink(upper, inPlaceOf: index)
            shortenLabel(of: index, to: bytes + length, whole - length)
            return true
        }
        guard isDone else {
            nodes.remove(upper)
            return nil
        }
        // The first child of a node needs no memory.
        _ = link(index, to: upper)
        return upper
    }

    /// Removes a node with one child and no subscriber, whose label goes to the child, if it fits
    /// and there is memory for it.
    mutating func join(_ index: UInt32) {
        let node = nodes[index].pointee
        let child = node.children[0]
        let upper = Int(node.labelLength)
        let lower = Int(nodes[child].pointee.labelLength)
        let length = upper + lower
        guard length <= TrieNode.maxLabel,
            length <= TrieNode.maxInlineLabel
                || words.makeRoom(exponent: TrieNode.labelExponent(length))
        else { return }
        withUnsafeTemporaryAllocation(byteCount: TrieNode.maxLabel, alignment: 1) { copy in
            guard let bytes = copy.baseAddress else { return }
            bytes.copyMemory(from: label(of: nodes[index]), byteCount: upper)
            (bytes + upper).copyMemory(from: label(of: nodes[child]), byteCount: lower)
            freeLabel(of: child)
            // There is room, see above.
            _ = setLabel(of: child, bytes, length)
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
