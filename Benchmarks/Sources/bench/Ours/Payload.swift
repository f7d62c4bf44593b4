import CBenchSupport
import ZeroMQ

/// The bytes every frame carries, in memory of their own.
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

    /// A message of several frames, each with a copy of the bytes.
    func message(frames: Int) -> Message {
        var message = Message(copying: bytes)
        for _ in 1..<frames { message.append(Frame(copying: bytes)) }
        return message
    }

    /// Whether this is a greeting, by its first byte, and not a message that counts.
    func mark(asGreeting isGreeting: Bool) {
        memory[0] = isGreeting ? 0 : 1
    }

    /// Writes the topic of message `number` to the front.
    @inline(__always)
    func write(topicOf number: Int, _ topics: bench_topics) {
        guard let base = memory.baseAddress else { return }
        withUnsafePointer(to: topics) {
            bench_topic_of_message(
                base.assumingMemoryBound(to: CChar.self), $0, UInt64(number))
        }
    }

    /// Looks at the length and the first byte of what came, as the loop for libzmq does.
    @inline(__always)
    static func check(_ message: Message, size: Int) throws {
        let isWhole = message.withUnsafeBytes { $0.count == size && $0[0] == 1 }
        guard isWhole else { throw BenchmarkError("a message came back changed") }
    }
}
