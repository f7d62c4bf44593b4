/// Bytes the connection itself has to say: greeting, handshake, heartbeats, subscriptions.
///
/// A peer that does not read cannot make this grow by what it asks for: of the heartbeats that come
/// on top of ``heartbeatLimit`` unwritten bytes only the latest is kept, and says as much as all.
///
/// They go out between two batches of messages. What is being written stays at one address until
/// it is written, or until the connection itself has gone: the poller keeps that until it has let
/// go of the bytes.
struct ControlOutput: ~Copyable {
    /// Bytes unwritten beyond which heartbeats supersede each other.
    static let heartbeatLimit = 8 << 10

    private var queued: [UInt8] = []
    /// The latest heartbeat beyond the limit.
    private var held: [UInt8] = []
    private var writing: FrameStorage?
    private var written = 0

    /// Nothing to write and nothing half written.
    var isEmpty: Bool { queued.isEmpty && held.isEmpty && writing == nil }
    /// Bytes not yet written.
    var count: Int { queued.count + held.count + (writing.map { $0.count - written } ?? 0) }
    var isWriting: Bool { writing != nil }

    mutating func append(_ bytes: [UInt8]) {
        queued.append(contentsOf: bytes)
    }

    /// Adds a PING or a PONG, whole.
    mutating func append(heartbeat: [UInt8]) {
        if count - held.count >= Self.heartbeatLimit {
            held = heartbeat
        } else {
            takeHeld()
            queued.append(contentsOf: heartbeat)
        }
    }

    private mutating func takeHeld() {
        queued.append(contentsOf: held)
        held.removeAll()
    }

    /// The next bytes to write; nil when there are none.
    mutating func next() -> IOVector? {
        if writing == nil { takeHeld() }
        if writing == nil, !queued.isEmpty {
            writing = queued.withUnsafeBytes { FrameStorage.make(copying: $0) }
            written = 0
            queued.removeAll()
        }
        guard let writing else { return nil }
        return IOVector(
            base: UnsafeRawPointer(writing.base) + written, count: writing.count - written)
    }

    mutating func advance(_ count: Int) {
        guard let block = writing else { return }
        written += count
        if written >= block.count { writing = nil }
    }
}
