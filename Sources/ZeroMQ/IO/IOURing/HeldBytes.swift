#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    /// Bytes that have arrived in shared buffers and wait to be asked for.
    struct HeldBytes {
        struct Piece {
            var base: UnsafeMutableRawPointer
            var count: Int
            /// Whose memory it is: a buffer's of the ring, or, with none, a block of the heap.
            var buffer: UInt16?
            /// Where the memory begins and how large it is, for the heap.
            var block: UnsafeMutableRawPointer
            var size: Int
        }

        private var pieces: [Piece] = []
        private var first = 0

        @inline(__always)
        var isEmpty: Bool { first == pieces.count }

        @inline(__always)
        mutating func append(_ base: UnsafeMutableRawPointer, _ count: Int, buffer: UInt16) {
            pieces.append(
                Piece(base: base, count: count, buffer: buffer, block: base, size: count))
        }

        /// Copies as much as fits to `target`, and gives back what has been emptied.
        ///
        /// - Returns: the bytes copied.
        mutating func move(
            to target: UnsafeMutableRawPointer, _ room: Int, _ ring: inout BufferRing
        ) -> Int {
            var copied = 0
            while !isEmpty, copied < room {
                let part = min(pieces[first].count, room - copied)
                (target + copied).copyMemory(from: pieces[first].base, byteCount: part)
                copied += part
                if part < pieces[first].count {
                    pieces[first].base += part
                    pieces[first].count -= part
                } else {
                    Self.giveBack(pieces[first], &ring)
                    first += 1
                }
            }
            if isEmpty { reset() }
            return copied
        }

        /// Moves what lies in buffers of the ring to the heap: who does not ask for it must not
        /// keep buffers from those who do. Where there is no memory it stays.
        mutating func leaveBuffers(_ ring: inout BufferRing) {
            for index in first..<pieces.count where pieces[index].buffer != nil {
                let piece = pieces[index]
                guard let block = SystemMemory.allocate(piece.count) else { return }
                block.copyMemory(from: piece.base, byteCount: piece.count)
                Self.giveBack(piece, &ring)
                pieces[index] = Piece(
                    base: block, count: piece.count, buffer: nil, block: block, size: piece.count)
            }
        }

        mutating func removeAll(_ ring: inout BufferRing) {
            for piece in pieces[first...] { Self.giveBack(piece, &ring) }
            pieces = []
            first = 0
        }

        private mutating func reset() {
            pieces.removeAll(keepingCapacity: pieces.capacity <= 16)
            first = 0
        }

        private static func giveBack(_ piece: Piece, _ ring: inout BufferRing) {
            if let buffer = piece.buffer {
                ring.giveBack(buffer)
            } else {
                SystemMemory.free(piece.block, of: piece.size)
            }
        }
    }
#endif
