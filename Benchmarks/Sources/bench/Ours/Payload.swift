import ZeroMQ

/// The bytes every message carries, in memory of their own.
final class Payload {
    let bytes: UnsafeRawBufferPointer
    private let memory: UnsafeMutableRawBufferPointer

    init(size: Int) {
        memory = .allocate(byteCount: size, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 1)
        bytes = UnsafeRawBufferPointer(memory)
    }

    deinit {
        memory.deallocate()
    }

    /// Looks at the length and the first byte of what came, as the loop for libzmq does.
    @inline(__always)
    static func check(_ message: Message, size: Int) throws {
        let isWhole = message.withUnsafeBytes { $0.count == size && $0[0] == 1 }
        guard isWhole else { throw BenchmarkError("a message came back changed") }
    }
}
