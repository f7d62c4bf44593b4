@testable import ZeroMQ

/// Bytes of a peer, well formed unless asked otherwise; written without the code under test.
enum WireBytes {
    static func greeting(
        first: UInt8 = 0xFF, padding: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1], tenth: UInt8 = 0x7F,
        major: UInt8 = 3, minor: UInt8 = 1, mechanism: [UInt8] = Array("NULL".utf8),
        asServer: UInt8 = 0, filler: UInt8 = 0
    ) -> [UInt8] {
        [first] + padding + [tenth, major, minor] + mechanism
            + [UInt8](repeating: 0, count: 20 - mechanism.count) + [asServer]
            + [UInt8](repeating: filler, count: 31)
    }

    static func short(_ flags: UInt8, _ body: [UInt8]) -> [UInt8] {
        [flags, UInt8(body.count)] + body
    }

    static func long(_ flags: UInt8, _ body: [UInt8]) -> [UInt8] {
        longHeader(flags, UInt64(body.count)) + body
    }

    static func longHeader(_ flags: UInt8, _ length: UInt64) -> [UInt8] {
        [flags | 2] + (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(56 - 8 * $0)) }
    }

    static func frame(_ flags: UInt8, _ body: [UInt8]) -> [UInt8] {
        body.count > 255 ? long(flags, body) : short(flags, body)
    }

    static func commandBody(_ name: String, _ data: [UInt8] = []) -> [UInt8] {
        [UInt8(name.utf8.count)] + Array(name.utf8) + data
    }

    static func command(_ name: String, _ data: [UInt8] = []) -> [UInt8] {
        frame(4, commandBody(name, data))
    }

    static func property(_ name: String, _ value: [UInt8]) -> [UInt8] {
        let size = UInt32(value.count)
        return [UInt8(name.utf8.count)] + Array(name.utf8)
            + (0..<4).map { UInt8(truncatingIfNeeded: size >> UInt32(24 - 8 * $0)) } + value
    }

    static func property(_ name: String, _ value: String) -> [UInt8] {
        property(name, Array(value.utf8))
    }

    static func ready(_ type: String, _ more: [UInt8] = []) -> [UInt8] {
        command("READY", property("Socket-Type", type) + more)
    }

    static func error(_ reason: String) -> [UInt8] {
        command("ERROR", [UInt8(reason.utf8.count)] + Array(reason.utf8))
    }

    static func message(_ text: String) -> [UInt8] {
        frame(0, Array(text.utf8))
    }

    static func ping(ttl: UInt16 = 0, _ context: [UInt8] = []) -> [UInt8] {
        command("PING", [UInt8(ttl >> 8), UInt8(ttl & 255)] + context)
    }

    /// Greeting and READY of a peer that fits the type.
    static func opening(to type: SocketType, minor: UInt8 = 1) -> [UInt8] {
        let peer = SocketType.allCases.first { $0.canPeer(with: type) } ?? .pair
        return greeting(minor: minor) + ready(peer.wireName)
    }
}

extension SessionConfiguration {
    static func of(
        _ type: SocketType, role: SessionRole = .listener,
        _ change: (inout SessionConfiguration) -> Void = { _ in }
    ) -> SessionConfiguration {
        var configuration = SessionConfiguration(socketType: type, role: role)
        change(&configuration)
        return configuration
    }
}

/// Runs `body` over the bytes.
func withBytes<Result>(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Result
) rethrows -> Result {
    try bytes.withUnsafeBytes(body)
}
