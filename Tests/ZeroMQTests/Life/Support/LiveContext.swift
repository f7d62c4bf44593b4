import Testing

@testable import ZeroMQ

/// Runs a test with a context of its own; its end is part of the test.
func withLiveContext(
    ioThreads: Int = 1, grace: Duration = .zero, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Context) async throws -> Void
) async throws {
    var options = ContextOptions()
    options.ioThreads = ioThreads
    let context = try Context(options)
    do {
        try await body(context)
    } catch {
        await end(context, grace, sourceLocation)
        throw error
    }
    await end(context, grace, sourceLocation)
}

/// Runs what depends on the time on a thread of its own: the pool of the others may be kept busy,
/// or blocked by the child process of another test.
func onOwnThread(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let thread = IOThread(name: "test", poller: try System.makePoller())
    try thread.start()
    defer { thread.stop() }
    try await Task(executorPreference: thread) { try await body() }.value
}

private func end(_ context: Context, _ grace: Duration, _ sourceLocation: SourceLocation) async {
    let elapsed = await ContinuousClock().measure { await context.shutdown(grace: grace) }
    #expect(elapsed < grace + patience, "shutdown took \(elapsed)", sourceLocation: sourceLocation)
}

extension SocketOptions {
    /// The defaults with some of them changed.
    static func with(_ change: (inout SocketOptions) -> Void) -> SocketOptions {
        var options = SocketOptions()
        change(&options)
        return options
    }
}

extension ZeroMQSocket {
    /// Binds to a free port of the loopback interface.
    func bindLoopback() throws(ZeroMQError) -> String { try bind("tcp://127.0.0.1:*") }
}

/// The code an operation ends with; nil if it does not fail.
func endCode(
    of body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) async -> ZeroMQError.Code? {
    do {
        try await body()
        return nil
    } catch let error as ZeroMQError {
        return error.code
    } catch {
        Issue.record("an error of another type: \(error)", sourceLocation: sourceLocation)
        return nil
    }
}
