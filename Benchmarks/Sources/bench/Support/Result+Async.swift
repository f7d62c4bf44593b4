extension Result where Failure == any Error, Success: Sendable {
    /// What an async body returns or throws.
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
