/// Runs `body` with a context of its own and shuts it down at the end, also when `body` throws.
///
/// - Parameter grace: how long queued messages may take to leave at the end. Default 30 s.
nonisolated(nonsending)
    public func withContext<R>(
        _ options: ContextOptions = ContextOptions(), grace: Duration = .seconds(30),
        _ body: (Context) async throws -> R
    ) async throws -> R
{
    let context = try Context(options)
    do {
        let result = try await body(context)
        await context.shutdown(grace: grace)
        return result
    } catch {
        await context.shutdown(grace: grace)
        throw error
    }
}
