/// The memory into which a fan-out encodes each message once, for all subscribers together.
struct SharedLog: ~Copyable {
    private let pool: ChunkPool
    private var chunk: Chunk?
    private var used = 0

    init(pool: ChunkPool) {
        self.pool = pool
    }

    /// One encoded message, as runs of bytes with their owners.
    struct Entry {
        private(set) var parts: [(owner: AnyObject, base: UnsafeRawPointer, count: Int)] = []
        // The usual message is one run; it needs no array.
        private(set) var owner: AnyObject?
        private(set) var base = UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        private(set) var count = 0

        fileprivate mutating func add(_ owner: AnyObject, _ base: UnsafeRawPointer, _ count: Int) {
            if self.owner === owner, self.base + self.count == base {
                self.count += count
                return
            }
            if let previous = self.owner { parts.append((previous, self.base, self.count)) }
            self.owner = owner
            self.base = base
            self.count = count
        }

        /// Appends the message to one subscriber's queue.
        @inline(__always)
        func append(to pipe: OutboundPipe) {
            for part in parts {
                pipe.appendShared(
                    owner: part.owner, base: part.base, count: part.count, endsMessage: false)
            }
            if let owner {
                pipe.appendShared(owner: owner, base: base, count: count, endsMessage: true)
            }
        }
    }

    /// A message of one frame where it lies. The log keeps it alive until the next is encoded.
    struct Run {
        fileprivate let owner: Unmanaged<Chunk>
        fileprivate let base: UnsafeRawPointer
        fileprivate let count: Int

        /// Appends the message to one subscriber's queue.
        @inline(__always)
        func append(to pipe: OutboundPipe) {
            owner._withUnsafeGuaranteedRef {
                pipe.appendShared(owner: $0, base: base, count: count, endsMessage: true)
            }
        }
    }

    /// Encodes a message of one frame.
    @inline(__always)
    mutating func encode(_ bytes: UnsafeRawBufferPointer) -> Run {
        let place = reserve(bytes.count + FrameHeader.longSize)
        let start = place._withUnsafeGuaranteedRef { $0.base } + used
        let size = FrameHeader.write(flags: [], length: bytes.count, to: start)
        if let source = bytes.baseAddress {
            (start + size).copyMemory(from: source, byteCount: bytes.count)
        }
        used += size + bytes.count
        return Run(owner: place, base: UnsafeRawPointer(start), count: size + bytes.count)
    }

    /// Encodes a message; large bodies are referred to, not copied.
    mutating func encode(_ message: Message) -> Entry {
        var entry = Entry()
        let last = message.count - 1
        for index in 0...last {
            let frame = message[index]
            if frame.count >= OutboundPipe.referenceThreshold, let shared = frame.shared,
                let base = shared.bytes.baseAddress
            {
                addHeader(frame.count, more: index < last, to: &entry)
                entry.add(shared.owner, base, frame.count)
            } else {
                frame.withUnsafeBytes { add($0, more: index < last, to: &entry) }
            }
        }
        return entry
    }

    private mutating func add(_ body: UnsafeRawBufferPointer, more: Bool, to entry: inout Entry) {
        let place = reserve(body.count + FrameHeader.longSize).takeUnretainedValue()
        let start = place.base + used
        let size = FrameHeader.write(flags: more ? .more : [], length: body.count, to: start)
        if let source = body.baseAddress {
            (start + size).copyMemory(from: source, byteCount: body.count)
        }
        used += size + body.count
        entry.add(place, UnsafeRawPointer(start), size + body.count)
    }

    private mutating func addHeader(_ length: Int, more: Bool, to entry: inout Entry) {
        let place = reserve(FrameHeader.longSize).takeUnretainedValue()
        let start = place.base + used
        let size = FrameHeader.write(flags: more ? .more : [], length: length, to: start)
        used += size
        entry.add(place, UnsafeRawPointer(start), size)
    }

    @inline(__always)
    private mutating func reserve(_ count: Int) -> Unmanaged<Chunk> {
        if let chunk, chunk.capacity - used >= count { return Unmanaged.passUnretained(chunk) }
        return takeChunk(count)
    }

    private mutating func takeChunk(_ count: Int) -> Unmanaged<Chunk> {
        let fresh = pool.borrow(atLeast: max(count, ChunkPool.fullSize))
        chunk = fresh
        used = 0
        return Unmanaged.passUnretained(fresh)
    }
}
