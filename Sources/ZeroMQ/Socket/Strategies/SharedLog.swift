/// The memory into which a fan-out encodes each message once, for all subscribers together.
struct SharedLog: ~Copyable {
    private let pool: ChunkPool
    private var chunk: Chunk?
    // Where the next message goes and what room there is, so that nobody asks (and retains) the
    // chunk.
    private var next = UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped
    private var room = 0

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
        if room < bytes.count + FrameHeader.longSize { takeChunk(bytes.count) }
        let start = UnsafeRawPointer(next)
        let count = write(bytes, more: false)
        return Run(owner: Unmanaged.passUnretained(current), base: start, count: count)
    }

    /// Writes a frame to where there is room for it; returns its size.
    @inline(__always)
    private mutating func write(_ body: UnsafeRawBufferPointer, more: Bool) -> Int {
        let size = FrameHeader.write(flags: more ? .more : [], length: body.count, to: next)
        if let source = body.baseAddress {
            (next + size).copyMemory(from: source, byteCount: body.count)
        }
        advance(size + body.count)
        return size + body.count
    }

    @inline(__always)
    private mutating func advance(_ count: Int) {
        next += count
        room -= count
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
        if room < body.count + FrameHeader.longSize { takeChunk(body.count) }
        let start = UnsafeRawPointer(next)
        entry.add(current, start, write(body, more: more))
    }

    private mutating func addHeader(_ length: Int, more: Bool, to entry: inout Entry) {
        if room < FrameHeader.longSize { takeChunk(0) }
        let start = UnsafeRawPointer(next)
        let size = FrameHeader.write(flags: more ? .more : [], length: length, to: next)
        advance(size)
        entry.add(current, start, size)
    }

    /// The chunk that `next` points into, once there is room.
    @inline(__always)
    private var current: Chunk { chunk.unsafelyUnwrapped }

    /// Goes on in a new chunk, with room for a frame of `count` bytes.
    private mutating func takeChunk(_ count: Int) {
        let size = max(count + FrameHeader.longSize, ChunkPool.fullSize)
        let fresh = pool.borrow(atLeast: size, BlockChoice(forBodiesOf: count))
        chunk = fresh
        next = fresh.base
        room = fresh.capacity
    }
}
