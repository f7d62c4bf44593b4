/// Why a run is over.
enum Ending {
    /// The input has ended, and everything was given to the socket.
    case inputEnded
    /// `--count` messages were handled.
    case counted
    case timedOut
    case interrupted
    /// Nobody reads the output any more.
    case outputClosed

    /// The first ending that one of the contenders comes to; the others are cancelled.
    static func first(of contenders: [@Sendable () async throws -> Ending]) async throws -> Ending {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            for contender in contenders {
                group.addTask { try await contender() }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .inputEnded
        }
    }
}
