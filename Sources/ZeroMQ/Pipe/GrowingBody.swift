/// Collects the body of one large frame, whose length was announced and is not trusted.
///
/// Memory follows the bytes received: capacity is at most twice what has arrived plus 64 KiB, so
/// that announcing 2^62 bytes costs the announcer more than us.
///
/// Invariant: `received <= capacity`, `received <= length`.
struct GrowingBody: ~Copyable {
    private static let headStart = 64 * 1024

    let length: Int
    private(set) var received = 0
    private var capacity = 0
    private var memory: UnsafeMutableRawPointer?

    init(length: Int) {
        self.length = length
    }

    deinit {
        if let memory { SystemMemory.free(memory) }
    }

    var isComplete: Bool { received == length }
    var missing: Int { length - received }

    /// Copies what came along with the header.
    ///
    /// Returns false when there is no memory for it.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 0 else { return true }
        guard bytes.count <= missing, reserve(received + bytes.count), let memory,
            let source = bytes.baseAddress
        else { return false }
        (memory + received).copyMemory(from: source, byteCount: bytes.count)
        received += bytes.count
        return true
    }

    /// Room for the next receive, or nil when there is no memory.
    mutating func space() -> UnsafeMutableRawBufferPointer? {
        let wanted = min(length, received * 2 + Self.headStart)
        guard reserve(max(wanted, min(length, received + 1))), let memory else { return nil }
        return UnsafeMutableRawBufferPointer(
            start: memory + received, count: min(capacity, length) - received)
    }

    /// Notes that `count` bytes were received into ``space()``.
    mutating func advance(_ count: Int) {
        received = min(length, received + count)
    }

    /// Hands the finished body over; nothing is left here.
    mutating func finish() -> FrameStorage {
        guard let memory else { return .make(count: 0) }
        self.memory = nil
        capacity = 0
        received = 0
        return .adopting(memory, count: length)
    }

    private mutating func reserve(_ wanted: Int) -> Bool {
        if wanted <= capacity { return true }
        guard let larger = SystemMemory.reallocate(memory, to: wanted) else { return false }
        memory = larger
        capacity = wanted
        return true
    }
}
