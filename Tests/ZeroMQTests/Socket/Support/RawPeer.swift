@testable import ZeroMQ

/// A foreign ZMTP peer, written by hand on a blocking socket: it shares no code with the library
/// and does only what a test tells it to.
final class RawPeer: @unchecked Sendable {
    // Unchecked: a test uses a peer from one task at a time.
    let fd: RawSocket.Descriptor
    private var isOpen = true
    /// What the other side said in its READY.
    private(set) var properties: [String: [UInt8]] = [:]

    /// One frame as it stood on the wire.
    struct WireFrame: Equatable {
        var flags: UInt8
        var body: [UInt8]

        var isCommand: Bool { flags & 4 != 0 }
        var hasMore: Bool { flags & 1 != 0 }
    }

    init(fd: RawSocket.Descriptor) {
        self.fd = fd
    }

    deinit {
        if isOpen { RawSocket.close(fd) }
    }

    // MARK: Coming and going

    /// Connects to a listening endpoint; no handshake yet.
    static func connect(_ endpoint: String, receiveBuffer: Int32? = nil) async throws -> RawPeer {
        try await offThread {
            guard let place = RawSocket.place(endpoint) else {
                throw RawError.failed("endpoint \(endpoint)", 0)
            }
            let fd = try RawSocket.open(place)
            let peer = RawPeer(fd: fd)
            if let receiveBuffer { RawSocket.setReceiveBuffer(fd, receiveBuffer) }
            guard RawSocket.connects(fd, to: place) else {
                throw RawError.failed("connect", RawSocket.lastError)
            }
            return peer
        }
    }

    /// Connects and shakes hands as a socket of the given type.
    static func connect(
        _ endpoint: String, as type: String, id: [UInt8] = [], minor: UInt8 = 1,
        receiveBuffer: Int32? = nil
    ) async throws -> RawPeer {
        let peer = try await connect(endpoint, receiveBuffer: receiveBuffer)
        try await peer.shakeHands(as: type, id: id, minor: minor)
        return peer
    }

    /// Closes in good order.
    func close() {
        guard isOpen else { return }
        isOpen = false
        RawSocket.close(fd)
    }

    /// Says that no more comes, and goes on listening.
    func endWriting() { RawSocket.endWriting(fd) }

    /// Closes with a reset.
    func reset() {
        RawSocket.resetOnClose(fd)
        close()
    }

    // MARK: The handshake

    /// Greeting and READY, each way.
    func shakeHands(as type: String, id: [UInt8] = [], minor: UInt8 = 1) async throws {
        try await offThread { [self] in
            try RawSocket.write(fd, Self.greeting(minor: minor))
            _ = try readNow(64)
            try RawSocket.write(fd, Self.ready(type: type, id: id))
            try readReadyNow()
        }
    }

    /// What the other side says in its handshake, once this one has said all of its own.
    func hearHandshake() async throws {
        try await offThread { [self] in
            _ = try readNow(64)
            try readReadyNow()
        }
    }

    private func readReadyNow() throws {
        let answer = try readFrameNow()
        guard answer.isCommand, answer.body.starts(with: [5] + Array("READY".utf8)) else {
            throw RawError.failed("no READY", 0)
        }
        properties = Self.properties(Array(answer.body.dropFirst(6)))
    }

    static func greeting(minor: UInt8) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes[0] = 0xFF
        bytes[9] = 0x7F
        bytes[10] = 3
        bytes[11] = minor
        bytes.replaceSubrange(12..<16, with: Array("NULL".utf8))
        return bytes
    }

    static func ready(type: String, id: [UInt8]) -> [UInt8] {
        var body = [5] + Array("READY".utf8)
        body += property("Socket-Type", Array(type.utf8))
        if !id.isEmpty { body += property("Identity", id) }
        return frame(body, flags: 4)
    }

    private static func property(_ name: String, _ value: [UInt8]) -> [UInt8] {
        [UInt8(name.utf8.count)] + Array(name.utf8) + bigEndian(UInt32(value.count)) + value
    }

    private static func properties(_ bytes: [UInt8]) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        var rest = bytes[...]
        while let length = rest.popFirst(), rest.count >= Int(length) + 4 {
            let name = String(decoding: rest.prefix(Int(length)), as: UTF8.self)
            rest = rest.dropFirst(Int(length))
            let size = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            result[name] = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return result
    }

    // MARK: Bytes

    static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    static func frame(_ body: [UInt8], flags: UInt8) -> [UInt8] {
        body.count < 256
            ? [flags, UInt8(body.count)] + body
            : [flags | 2] + bigEndian(UInt64(body.count)) + body
    }

    func readNow(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try RawSocket.read(fd, atMost: count - bytes.count)
            if more.isEmpty { throw RawError.ended }
            bytes += more
        }
        return bytes
    }

    func readFrameNow() throws -> WireFrame {
        let flags = try readNow(1)[0]
        let size = try readNow(flags & 2 != 0 ? 8 : 1).reduce(0) { $0 << 8 | Int($1) }
        return WireFrame(flags: flags, body: size == 0 ? [] : try readNow(size))
    }
}
