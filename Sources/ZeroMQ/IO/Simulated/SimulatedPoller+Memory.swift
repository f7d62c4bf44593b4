/// Whether handlers leave alone what an operation uses: see ``Poller``.
///
/// A completion system reads and writes at a time of its own, so a fault shows there once in a
/// while only. Here the bytes of a send are compared with those it was started with, and what is
/// lent for a receive is marked, and looked at again when the operation ends.
extension SimulatedPoller {
    private static var mark: UInt8 { 0xC5 }

    /// Keeps the pieces of a send that is not made at once.
    func keep(_ pieces: UnsafeBufferPointer<IOVector>, for entry: SimulatedEntry) {
        entry.vectors = Array(pieces)
        entry.promised = bytes(of: entry.vectors)
    }

    func checkSend(_ entry: SimulatedEntry) {
        guard bytes(of: entry.vectors) != entry.promised else { return }
        network.violations.append("a send's memory was changed before its outcome")
    }

    private func bytes(of vectors: [IOVector]) -> [UInt8] {
        var bytes: [UInt8] = []
        for vector in vectors {
            bytes += UnsafeRawBufferPointer(start: vector.base, count: vector.count)
        }
        return bytes
    }

    /// Borrows memory for a receive that has just been started.
    func borrow(for entry: SimulatedEntry) {
        entry.handler.lend(&entry.lent)
        forEachLent(entry) { $0.initializeMemory(as: UInt8.self, repeating: Self.mark) }
    }

    /// The receive has ended, or was cancelled.
    func checkReceive(_ entry: SimulatedEntry) {
        var isIntact = true
        forEachLent(entry) { if !$0.allSatisfy({ $0 == Self.mark }) { isIntact = false } }
        entry.lent = ReceiveBuffers()
        if !isIntact {
            network.violations.append("a receive's memory was changed before its outcome")
        }
    }

    /// Looks at what the system has never let go of, and lets go of it.
    func checkAbandoned() {
        for entry in abandoned {
            checkSend(entry)
            checkReceive(entry)
        }
        abandoned.removeAll()
    }

    private func forEachLent(
        _ entry: SimulatedEntry, _ body: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        let pieces = entry.lent.pieces
        for piece in [pieces.0, pieces.1] where piece.count > 0 {
            body(UnsafeMutableRawBufferPointer(start: piece.base, count: piece.count))
        }
    }
}
