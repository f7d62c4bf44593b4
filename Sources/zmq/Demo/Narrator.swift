import Synchronization

/// Tells what happens, as it happens, in lines that are whole whoever tells them.
final class Narrator: Sendable {
    private let start = ContinuousClock.now
    private let failureCount = Atomic<Int>(0)

    var elapsed: Duration { ContinuousClock.now - start }

    var failures: Int { failureCount.load(ordering: .relaxed) }

    func fail() {
        failureCount.add(1, ordering: .relaxed)
    }

    /// A line such as `  1.204 s  tcp     alice      asks: 6 * 7`.
    func tell(_ transport: String, _ who: String, _ what: String) {
        let time = Columns.right(Columns.fixed(elapsed / .seconds(1), decimals: 3), 7)
        print("\(time) s  \(Columns.left(transport, 6))  \(Columns.left(who, 10))  \(what)")
    }

    func print(_ text: String) {
        // One write a line, so that lines do not mix. Nobody listening is no reason to stop.
        var line = Array("\(text)\n".utf8)
        line.withUnsafeMutableBytes { try? StandardOutput.write(UnsafeRawBufferPointer($0)) }
    }
}
