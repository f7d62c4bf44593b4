#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The memory of one operation with several pieces: the system's message header and the pieces,
    /// or an address. The kernel may read it until the operation has ended.
    struct MessageBlock {
        private static let vectorsOffset = 64
        private static let size =
            vectorsOffset + maximumSendVectors * MemoryLayout<IOVector>.stride

        let base: UnsafeMutableRawPointer

        fileprivate init() { base = .allocate(byteCount: Self.size, alignment: 16) }

        fileprivate func free() { base.deallocate() }

        /// Lays out a header over the pieces; 64 at most.
        func fill(_ pieces: UnsafeBufferPointer<IOVector>) {
            let count = min(pieces.count, maximumSendVectors)
            let vectors = base + Self.vectorsOffset
            if let first = pieces.baseAddress {
                vectors.copyMemory(
                    from: first, byteCount: count * MemoryLayout<IOVector>.stride)
            }
            zeromq_msghdr_fill(base, vectors, Int32(truncatingIfNeeded: count))
        }

        /// Lays out a header over two pieces to be filled.
        func fill(_ buffers: ReceiveBuffers) {
            let vectors = base + Self.vectorsOffset
            vectors.storeBytes(of: buffers.pieces.0, as: ReceiveBuffers.Piece.self)
            (vectors + MemoryLayout<ReceiveBuffers.Piece>.stride)
                .storeBytes(of: buffers.pieces.1, as: ReceiveBuffers.Piece.self)
            zeromq_msghdr_fill(base, vectors, 2)
        }
    }

    /// Blocks that are not in use, for the next operations.
    struct MessageBlockPool {
        private var free: [MessageBlock] = []
        private static let capacity = 64

        mutating func take() -> MessageBlock { free.popLast() ?? MessageBlock() }

        mutating func give(_ block: MessageBlock) {
            if free.count < Self.capacity { free.append(block) } else { block.free() }
        }

        mutating func removeAll() {
            for block in free { block.free() }
            free = []
        }
    }
#endif
