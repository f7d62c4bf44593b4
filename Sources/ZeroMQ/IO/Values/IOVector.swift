/// One contiguous piece of a gather send.
///
/// Laid out like the system's `iovec`; a backend may pass an array of these straight on.
struct IOVector {
    var base: UnsafeRawPointer
    var count: Int

    @inline(__always)
    init(base: UnsafeRawPointer, count: Int) {
        self.base = base
        self.count = count
    }

    /// Cuts pieces down to their first `limit` bytes; returns how many bytes are left.
    @discardableResult
    static func cut(
        _ vectors: inout Slice<UnsafeMutableBufferPointer<IOVector>>, to limit: Int
    ) -> Int {
        var bytes = 0
        for index in vectors.indices {
            let room = limit - bytes
            if vectors[index].count >= room {
                vectors[index].count = room
                vectors = vectors[...index]
                return limit
            }
            bytes += vectors[index].count
        }
        return bytes
    }

    /// What is left of some pieces behind their first bytes.
    static func rest(of vectors: [IOVector], behind bytes: Int) -> [IOVector] {
        var skip = bytes
        var rest: [IOVector] = []
        for vector in vectors {
            let dropped = min(skip, vector.count)
            skip -= dropped
            if dropped == vector.count { continue }
            rest.append(IOVector(base: vector.base + dropped, count: vector.count - dropped))
        }
        return rest
    }
}

/// The memory a handler lends for one receive: up to two pieces, filled in order.
///
/// Two, so that the rest of a large frame and the chunk after it are filled by one call.
struct ReceiveBuffers {
    /// One contiguous piece, laid out like the system's `iovec`.
    struct Piece {
        var base: UnsafeMutableRawPointer?
        var count: Int
    }

    private(set) var count = 0
    private(set) var pieces = (Piece(base: nil, count: 0), Piece(base: nil, count: 0))

    init() {}

    /// Lends one more piece. Empty pieces and a third one are ignored.
    @inline(__always)
    mutating func append(_ base: UnsafeMutableRawPointer, _ count: Int) {
        guard count > 0 else { return }
        switch self.count {
        case 0: pieces.0 = Piece(base: base, count: count)
        case 1: pieces.1 = Piece(base: base, count: count)
        default: return
        }
        self.count += 1
    }

    /// The bytes lent altogether.
    @inline(__always)
    var capacity: Int { pieces.0.count &+ pieces.1.count }
}
