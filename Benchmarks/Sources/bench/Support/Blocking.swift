import Dispatch

/// Runs `body` in a task and waits for it on the calling thread.
///
/// The program's main function is synchronous, so that the blocking API can be run under tools that
/// do not get along with the concurrency runtime; only the async contenders start it.
func waiting<Value: Sendable>(
    for body: @escaping @Sendable () async throws -> Value
) throws -> Value {
    let slot = ResultSlot<Value>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        do { slot.result = .success(try await body()) } catch { slot.result = .failure(error) }
        done.signal()
    }
    done.wait()
    guard let result = slot.result else { throw BenchmarkError("the task left no result") }
    return try result.get()
}

private final class ResultSlot<Value: Sendable>: Sendable {
    // Written before the semaphore is signalled, read after it was waited for.
    nonisolated(unsafe) var result: Result<Value, any Error>?
}
