/// A way that messages go, and what goes along it.
struct HotPath: Sendable {
    let name: String
    /// Sets up, then goes so often along the path.
    let run: @Sendable (Int) throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (Int) throws -> Void) {
        self.name = name
        self.run = run
    }

    static let all: [HotPath] =
        [encode, decode, receiveQueue, receiveLocked, receiveLeased, receiveSubscribed]
        + [fairQueue, route]
        + [matchOne, matchAmongMany, matchNothing]
        + [inprocSmall, inprocMultipart, inprocRouter, inprocRoundTrip, fanOut]
        + [wireSmall]
}

/// What went along a path was not what came out.
struct WrongResult: Error {}

/// Keeps the optimizer from leaving out what nobody reads.
@inline(never)
func use<T>(_ value: T) {
    withExtendedLifetime(value) {}
}
