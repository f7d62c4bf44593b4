/// One node of a `SubscriptionTrie`: 64 bytes, one cache line.
///
/// The label is the piece of topic on the edge that leads here, first byte included. Up to 24 bytes
/// of it lie in the node, longer ones (up to `maxLabel`) in a block of words. The first four
/// children lie in the node, up to twelve in a block of 16 words (three words of keys, then the
/// children), more in a table of 256 words. A single subscriber lies in the node, more in a block:
/// slots in rising order, and behind them, at the capacity, the subscription of each.
struct TrieNode: BitwiseCopyable {
    var parent: UInt32 = 0
    var subscriberCount: UInt32 = 0
    /// The slot of the only subscriber, or the block when there are several.
    var subscribers: UInt32 = 0
    /// The subscription of the only subscriber.
    var subscription: UInt32 = 0
    /// The children, or in lane 0 the block that holds them.
    var children: SIMD4<UInt32> = SIMD4()
    /// The first label byte of each child, lane 0 in the low byte.
    var childKeys: UInt32 = 0
    var childCount: UInt16 = 0
    var childStorage: ChildStorage = .inNode
    var labelLength: UInt8 = 0
    /// The label, or in its first four bytes the block that holds it.
    var label: (UInt64, UInt64, UInt64) = (0, 0, 0)

    enum ChildStorage: UInt8 {
        case inNode, block, table
    }

    static var root: UInt32 { 0 }
    /// The root is nobody's child.
    static var none: UInt32 { 0 }

    static var maxInlineLabel: Int { 24 }
    /// Splitting a node copies a label, so its length bounds the cost of a split.
    static var maxLabel: Int { 255 }
    static var labelOffset: Int { 40 }

    static var maxInlineChildren: Int { 4 }
    static var maxBlockChildren: Int { 12 }
    static var blockKeyWords: Int { 3 }
    static var blockExponent: Int { 4 }
    static var tableExponent: Int { 8 }
    /// Children move to a smaller form some way below its capacity, so that one subscription that
    /// comes and goes does not move them each time.
    static var childrenBackInNode: Int { 3 }
    static var childrenBackInBlock: Int { 8 }

    /// The exponent of the block for a label too long for the node.
    @inline(__always)
    static func labelExponent(_ length: Int) -> Int {
        max(WordPool.exponent(forWords: (length + 3) / 4), 4)
    }

    /// The lane of `keys` (four packed bytes) that holds `byte`, lowest first; 4 if there is none.
    @inline(__always)
    static func lane(of byte: UInt8, in keys: UInt32) -> Int {
        let difference = keys ^ (UInt32(byte) &* 0x0101_0101)
        let zeroBytes = (difference &- 0x0101_0101) & ~difference & 0x8080_8080
        return zeroBytes.trailingZeroBitCount >> 3
    }
}
