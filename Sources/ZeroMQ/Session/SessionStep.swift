/// The outcome of one step over the input.
struct SessionStep: Hashable, Sendable {
    /// Bytes that are done with: at least one, unless the action is `needMore` or `fail`.
    var consumed: Int
    var action: SessionAction

    init(_ action: SessionAction, consumed: Int) {
        self.consumed = consumed
        self.action = action
    }

    static let needMore = SessionStep(.needMore, consumed: 0)
}
