@testable import ZeroMQ

extension RawPeer {
    /// Writes bytes as they are.
    func write(_ bytes: [UInt8]) async throws {
        try await offThread { [self] in try RawSocket.write(fd, bytes) }
    }

    /// Writes every byte by a call of its own.
    func writeByteByByte(_ bytes: [UInt8]) async throws {
        try await offThread { [self] in try RawSocket.write(fd, bytes, most: 1) }
    }

    /// Reads exactly `count` bytes.
    func read(_ count: Int) async throws -> [UInt8] {
        try await offThread { [self] in try readNow(count) }
    }

    /// Reads one frame, command or not.
    func readFrame() async throws -> WireFrame {
        try await offThread { [self] in try readFrameNow() }
    }

    /// Reads `count` frames.
    func readFrames(_ count: Int) async throws -> [WireFrame] {
        try await offThread { [self] in try (0..<count).map { _ in try readFrameNow() } }
    }

    /// The wire form of one message.
    static func message(_ frames: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, body) in frames.enumerated() {
            bytes += frame(body, flags: index < frames.count - 1 ? 1 : 0)
        }
        return bytes
    }

    /// Sends one message.
    func send(_ frames: [String]) async throws {
        try await write(Self.message(frames.map { Array($0.utf8) }))
    }

    /// Sends one message.
    func send(bytes frames: [[UInt8]]) async throws {
        try await write(Self.message(frames))
    }

    /// Sends a command.
    func command(_ name: String, _ data: [UInt8] = []) async throws {
        try await write(Self.frame([UInt8(name.utf8.count)] + Array(name.utf8) + data, flags: 4))
    }

    /// Receives one message, passing over commands.
    func receive() async throws -> [[UInt8]] {
        try await offThread { [self] in
            var frames: [[UInt8]] = []
            while true {
                let frame = try readFrameNow()
                if frame.isCommand { continue }
                frames.append(frame.body)
                if !frame.hasMore { return frames }
            }
        }
    }

    /// Receives one message of text, passing over commands.
    func receiveTexts() async throws -> [String] {
        try await receive().map { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads on until the other side ends the stream; throws when it does not.
    func waitUntilClosed() async throws {
        try await offThread { [self] in
            do {
                while !(try RawSocket.read(fd, atMost: 65_536)).isEmpty {}
            } catch RawError.ended {
                // A reset is an end as well.
            }
        }
    }

    /// Subscribes by command, as a peer of minor version 1 does.
    func subscribe(_ topic: String) async throws {
        try await command("SUBSCRIBE", Array(topic.utf8))
    }
}
