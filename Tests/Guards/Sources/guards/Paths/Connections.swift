@testable import ZeroMQ

extension HotPath {
    /// PUSH to PULL over connections of a simulated network, which costs the same every time: 100
    /// messages are queued, the I/O thread carries them, and they are taken.
    private static func carry(_ count: Int, bytes: Int) throws {
        let world = World()
        let pull = try PullSocket(world.context)
        let push = try PushSocket(world.context)
        try push.connect(try pull.bind("tcp://127.0.0.1:*"))
        try world.run { push.statistics.connections == 1 && pull.statistics.connections == 1 }
        let message = Message([UInt8](repeating: 7, count: bytes))
        var received = 0
        for index in 0..<count {
            guard try push.trySend(message) else { throw WrongResult() }
            guard index % 100 == 99 || index == count - 1 else { continue }
            try world.run {
                while let message = try pull.tryReceive() {
                    guard message[0].count == bytes else { throw WrongResult() }
                    received += 1
                }
                return received == index + 1
            }
        }
    }

    static let wireSmall = HotPath("tcp-64") { try carry($0, bytes: 64) }
}
