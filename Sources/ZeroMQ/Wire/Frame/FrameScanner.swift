/// Finds message frames in received bytes and checks every one of them; the hot loop of receiving.
///
/// Invariant: `framesInMessage` is 0 exactly between two messages; otherwise that many frames with
/// MORE, of `bytesInMessage` bytes together, have been taken, both within the limits.
struct FrameScanner {
    /// Frames taken of the message that is coming in.
    private(set) var framesInMessage = 0
    /// Bytes of their bodies.
    private(set) var bytesInMessage: UInt64 = 0

    private let maxFrameSize: UInt64
    private let maxMessageSize: UInt64
    private let maxFrames: Int
    private let largeFrameThreshold: UInt64
    private let refusedFlags: UInt8
    /// No one-frame message with a short header can break a limit: the tight loop needs no checks.
    private let shortMessagesFit: Bool

    init(limits: WireLimits, strictness: WireStrictness, largeFrameThreshold: Int) {
        // Larger bodies could not be counted in an Int, header included.
        let most = UInt64(Int.max - FrameHeader.longSize)
        maxFrameSize = limits.maxFrameSize == 0 ? most : min(limits.maxFrameSize, most)
        maxMessageSize = limits.maxMessageSize == 0 ? .max : limits.maxMessageSize
        maxFrames = max(limits.maxFramesPerMessage, 1)
        self.largeFrameThreshold = UInt64(clamping: largeFrameThreshold)
        refusedFlags = strictness.rejectsReservedFlags ? FrameFlags.reserved.rawValue : 0
        shortMessagesFit = min(maxFrameSize, maxMessageSize) >= UInt64(FrameHeader.maxShortLength)
    }

    /// Walks over whole message frames up to the first thing that is not one.
    mutating func scan(_ input: UnsafeRawBufferPointer) -> FrameScan {
        guard let base = input.baseAddress else {
            return FrameScan(consumed: 0, messages: 0, stop: .needMore(FrameHeader.shortSize))
        }
        let count = input.count
        var offset = 0
        var messages = 0
        while true {
            if shortMessagesFit, framesInMessage == 0 {
                skipShortMessages(base, count, &offset, &messages)
            }
            switch classify(base + offset, count - offset) {
            case .whole(let header):
                offset += header.headerSize + Int(truncatingIfNeeded: header.length)
                messages += take(header)
            case .stop(let stop):
                return FrameScan(consumed: offset, messages: messages, stop: stop)
            }
        }
    }

    /// The common case apart: messages of one frame with a short header.
    @inline(__always)
    private func skipShortMessages(
        _ base: UnsafeRawPointer, _ count: Int, _ offset: inout Int, _ messages: inout Int
    ) {
        while count - offset >= FrameHeader.shortSize {
            let header = UInt16(
                littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
            guard header & 0xFF == 0 else { return }
            let next = offset + FrameHeader.shortSize + Int(header >> 8)
            guard next <= count else { return }
            offset = next
            messages += 1
        }
    }

    /// What the next frame is.
    enum Frame {
        /// A message frame, wholly there and within the limits; to be handed to `take(_:)`.
        case whole(FrameHeader)
        case stop(FrameScan.Stop)
    }

    /// Looks at the frame that begins at `base`, of which `count` bytes are there.
    @inline(__always)
    func classify(_ base: UnsafeRawPointer, _ count: Int) -> Frame {
        guard count > 0 else { return .stop(.needMore(FrameHeader.shortSize)) }
        let raw = base.load(as: UInt8.self)
        let flags = FrameFlags(rawValue: raw)
        guard raw & refusedFlags == 0 else { return .stop(.violation(.reservedFlags(raw))) }
        if flags.isSuperset(of: [.command, .more]) { return .stop(.violation(.commandWithMore)) }
        guard let header = FrameHeader.decode(base, count) else {
            return .stop(
                .needMore(flags.contains(.long) ? FrameHeader.longSize : FrameHeader.shortSize))
        }
        if flags.contains(.command) { return .stop(.command(header)) }
        if let error = check(header) { return .stop(.violation(error)) }
        let size = header.headerSize + Int(truncatingIfNeeded: header.length)
        if size <= count { return .whole(header) }
        return .stop(header.length > largeFrameThreshold ? .large(header) : .needMore(size))
    }

    /// Holds an announced length against the limits, before any of it becomes an `Int`.
    @inline(__always)
    private func check(_ header: FrameHeader) -> WireError? {
        if header.length > maxFrameSize { return .frameTooLarge(announced: header.length) }
        if framesInMessage >= maxFrames { return .tooManyFrames }
        if header.length > maxMessageSize - bytesInMessage { return .messageTooLarge }
        return nil
    }

    /// Counts a frame that passed `classify` and returns the messages it completes, 0 or 1.
    @inline(__always)
    mutating func take(_ header: FrameHeader) -> Int {
        guard header.flags.contains(.more) else {
            framesInMessage = 0
            bytesInMessage = 0
            return 1
        }
        framesInMessage += 1
        bytesInMessage += header.length
        return 0
    }
}
