/// The children of a node, in the smallest of three forms that holds them.
extension SubscriptionTrie {
    /// The child whose label begins with `byte`, or `TrieNode.none`.
    @inline(__always)
    func child(of node: UnsafeMutablePointer<TrieNode>, _ byte: UInt8) -> UInt32 {
        switch node.pointee.childStorage {
        case .inNode:
            // An unused lane may match a zero byte; its child is none. A used one comes first.
            let lane = TrieNode.lane(of: byte, in: node.pointee.childKeys)
            return lane < TrieNode.maxInlineChildren ? node.pointee.children[lane & 3] : 0
        case .table:
            return words[node.pointee.children[0]][Int(byte)]
        case .block:
            let block = words[node.pointee.children[0]]
            for word in 0..<TrieNode.blockKeyWords {
                let lane = TrieNode.lane(of: byte, in: block[word])
                if lane < 4 { return block[TrieNode.blockKeyWords + word * 4 + lane] }
            }
            return TrieNode.none
        }
    }

    /// Makes `child` a child of `index`, which has none with that first byte. False when there is
    /// no memory for a fifth or a thirteenth child, nothing has changed then.
    mutating func link(_ child: UInt32, to index: UInt32) -> Bool {
        guard makeRoomForChild(of: index) else { return false }
        nodes[child].pointee.parent = index
        let node = nodes[index]
        let count = Int(node.pointee.childCount)
        node.pointee.childCount += 1
        place(child, key(of: child), at: count, of: node)
        return true
    }

    /// Puts `child`, whose first byte is the same, where `old` is linked now.
    mutating func relink(_ child: UInt32, inPlaceOf old: UInt32) {
        let key = key(of: old)
        let node = nodes[nodes[old].pointee.parent]
        if node.pointee.childStorage == .table {
            words[node.pointee.children[0]][Int(key)] = child
        } else {
            place(child, key, at: position(of: key, in: node), of: node)
        }
    }

    /// Takes a node out of its parent's children.
    mutating func unlink(_ child: UInt32) {
        let key = key(of: child)
        let index = nodes[child].pointee.parent
        let node = nodes[index]
        node.pointee.childCount -= 1
        if node.pointee.childStorage == .table {
            words[node.pointee.children[0]][Int(key)] = TrieNode.none
        } else {
            let last = Int(node.pointee.childCount)
            let position = position(of: key, in: node)
            let moved = entry(at: last, of: node)
            place(moved.child, moved.key, at: position, of: node)
            place(TrieNode.none, 0, at: last, of: node)
        }
        shrinkChildren(of: index)
    }

    private func key(of index: UInt32) -> UInt8 {
        label(of: nodes[index]).load(as: UInt8.self)
    }

    private mutating func makeRoomForChild(of index: UInt32) -> Bool {
        let count = Int(nodes[index].pointee.childCount)
        switch nodes[index].pointee.childStorage {
        case .inNode where count == TrieNode.maxInlineChildren:
            return moveChildren(of: index, to: .block)
        case .block where count == TrieNode.maxBlockChildren:
            return moveChildren(of: index, to: .table)
        default: return true
        }
    }

    private mutating func shrinkChildren(of index: UInt32) {
        let count = Int(nodes[index].pointee.childCount)
        switch nodes[index].pointee.childStorage {
        case .block where count <= TrieNode.childrenBackInNode,
            // Where there was no memory for a block, there is still the node.
            .table where count <= TrieNode.childrenBackInNode:
            _ = moveChildren(of: index, to: .inNode)
        case .table where count <= TrieNode.childrenBackInBlock:
            _ = moveChildren(of: index, to: .block)
        default: return
        }
    }

    /// Gives the children another form; false when there is no memory for it.
    private mutating func moveChildren(
        of index: UInt32, to storage: TrieNode.ChildStorage
    ) -> Bool {
        var block = TrieNode.none
        if storage != .inNode {
            let exponent =
                storage == .block ? TrieNode.blockExponent : TrieNode.tableExponent
            guard let fresh = words.allocate(exponent: exponent) else { return false }
            words[fresh].update(repeating: TrieNode.none, count: 1 << exponent)
            block = fresh
        }
        let node = nodes[index]
        var old = node.pointee
        node.pointee.childStorage = storage
        node.pointee.childKeys = 0
        node.pointee.children = SIMD4(block, 0, 0, 0)
        var position = 0
        forEachChild(of: &old) { child, key in
            place(child, key, at: position, of: node)
            position += 1
        }
        switch old.childStorage {
        case .inNode: break
        case .block: words.free(old.children[0], exponent: TrieNode.blockExponent)
        case .table: words.free(old.children[0], exponent: TrieNode.tableExponent)
        }
        return true
    }

    private func forEachChild(of node: inout TrieNode, _ body: (UInt32, UInt8) -> Void) {
        if node.childStorage == .table {
            for key in 0..<256 where words[node.children[0]][key] != TrieNode.none {
                body(words[node.children[0]][key], UInt8(truncatingIfNeeded: key))
            }
            return
        }
        for position in 0..<Int(node.childCount) {
            let entry = entry(at: position, of: &node)
            body(entry.child, entry.key)
        }
    }

    /// Where a key is among the children of a node without a table.
    private func position(of key: UInt8, in node: UnsafeMutablePointer<TrieNode>) -> Int {
        if node.pointee.childStorage == .inNode {
            return TrieNode.lane(of: key, in: node.pointee.childKeys) & 3
        }
        let block = words[node.pointee.children[0]]
        for word in 0..<TrieNode.blockKeyWords {
            let lane = TrieNode.lane(of: key, in: block[word])
            if lane < 4 { return word * 4 + lane }
        }
        return 0
    }

    private func entry(
        at position: Int, of node: UnsafeMutablePointer<TrieNode>
    ) -> (child: UInt32, key: UInt8) {
        let keys: UInt32
        let child: UInt32
        if node.pointee.childStorage == .inNode {
            keys = node.pointee.childKeys
            child = node.pointee.children[position & 3]
        } else {
            let block = words[node.pointee.children[0]]
            keys = block[position / 4]
            child = block[TrieNode.blockKeyWords + position]
        }
        return (child, UInt8(truncatingIfNeeded: keys >> UInt32(position % 4 * 8)))
    }

    /// Writes a child and its key to a position; in a table the key is the position.
    private func place(
        _ child: UInt32, _ key: UInt8, at position: Int, of node: UnsafeMutablePointer<TrieNode>
    ) {
        let shift = UInt32(position % 4 * 8)
        let mask = ~(UInt32(0xFF) << shift)
        let lane = UInt32(key) << shift
        switch node.pointee.childStorage {
        case .inNode:
            node.pointee.childKeys = node.pointee.childKeys & mask | lane
            node.pointee.children[position & 3] = child
        case .block:
            let block = words[node.pointee.children[0]]
            block[position / 4] = block[position / 4] & mask | lane
            block[TrieNode.blockKeyWords + position] = child
        case .table:
            words[node.pointee.children[0]][Int(key)] = child
        }
    }
}
