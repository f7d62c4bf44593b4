/// Whose request a REP socket is working on; shared by its two halves.
final class ReplyState: @unchecked Sendable {
    // Unchecked: guarded by `lock`, which is taken inside the locks of the two sides.
    private let lock = Lock()
    private var request: Request?

    /// Where the reply goes, and the frames that go in front of it.
    struct Request {
        let slot: Int
        let envelope: Message
    }

    var current: Request? { lock.withLock { request } }

    func begin(_ request: Request) {
        lock.withLock { self.request = request }
    }

    func finish() {
        lock.withLock { request = nil }
    }

    /// A peer has gone. The reply is still expected from the application, and then dropped.
    func lose(_ slot: Int) {
        lock.withLock {
            if let request, request.slot == slot {
                self.request = Request(slot: -1, envelope: request.envelope)
            }
        }
    }
}
