/// Which end of the connection this side is.
enum SessionRole: Hashable, Sendable {
    /// The connection was accepted by a bound endpoint.
    case listener
    /// The connection was made by this side, which also makes it again when it is lost.
    case connector
}
