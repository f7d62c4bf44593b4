/// Which security mechanism a socket uses and what that mechanism needs to know.
enum MechanismConfiguration: Hashable, Sendable {
    /// No security at all (RFC 23).
    case null

    /// The name both greetings must carry.
    var name: MechanismName {
        switch self {
        case .null: .null
        }
    }

    /// The `as-server` byte of our greeting.
    var isServer: Bool {
        switch self {
        case .null: false
        }
    }
}
