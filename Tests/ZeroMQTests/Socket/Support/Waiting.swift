import Synchronization
import Testing

@testable import ZeroMQ

/// A condition that did not come true in time.
struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    var description: String { "never happened: \(what)" }
}

/// Returns as soon as `condition` holds; throws when it does not within the time given.
func eventually(
    _ what: String, within limit: Duration = .seconds(15), _ condition: () throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: limit)
    while try !condition() {
        guard clock.now < deadline else { throw NeverHappened(what: what) }
        try await Task.sleep(for: .milliseconds(1))
    }
}

/// Runs `body` with a context of its own, which ends without waiting for anything.
func withTestContext(
    _ options: ContextOptions = ContextOptions(),
    _ body: (Context) async throws -> Void
) async throws {
    try await withContext(options, grace: .zero, body)
}

/// Runs `body` on a thread of its own, where it may block.
func offThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    let result: Result<R, any Error> = try await withCheckedThrowingContinuation { continuation in
        do {
            _ = try OSThread(name: "test") {
                continuation.resume(returning: Result { try body() })
            }
        } catch {
            continuation.resume(throwing: error)
        }
    }
    return try result.get()
}

/// Runs `body` on another thread, while this one, which lives on, waits.
func aside<R: Sendable>(_ body: @escaping @Sendable () throws -> R) throws -> R {
    let result = Mutex<Result<R, any Error>?>(nil)
    let thread = try OSThread(name: "aside") {
        let outcome = Result { try body() }
        result.withLock { $0 = outcome }
    }
    thread.join()
    guard let outcome = result.withLock({ $0 }) else { throw CancellationError() }
    return try outcome.get()
}

/// Options with some changes.
func options(_ change: (inout SocketOptions) -> Void) -> SocketOptions {
    var options = SocketOptions()
    change(&options)
    return options
}

/// The code of the error that `body` throws; nil when it throws none.
func thrownCode(_ body: () async throws -> Void) async -> ZeroMQError.Code? {
    do {
        try await body()
        return nil
    } catch let error as ZeroMQError {
        return error.code
    } catch {
        Issue.record("unexpected error \(error)")
        return nil
    }
}
