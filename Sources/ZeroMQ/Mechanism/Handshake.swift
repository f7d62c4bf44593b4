/// The handshake of whichever mechanism is in use; one case each.
///
/// Noncopyable, so that keys held by a machine exist once and end with it.
enum Handshake: ~Copyable {
    case null(NullHandshake)

    init(_ configuration: MechanismConfiguration) {
        switch configuration {
        case .null: self = .null(NullHandshake())
        }
    }

    /// The frame to write as soon as both greetings agree, possibly empty.
    mutating func begin(metadata: [MetadataProperty]) -> [UInt8] {
        switch consume self {
        case .null(let machine):
            self = .null(machine)
            return machine.begin(metadata: metadata)
        }
    }

    /// One whole command of the peer.
    mutating func received(_ command: CommandBody, limits: WireLimits) -> HandshakeStep {
        switch consume self {
        case .null(let machine):
            self = .null(machine)
            return machine.received(command, limits: limits)
        }
    }

    /// The frame that tells the peer it is refused; empty where the mechanism forbids one.
    func refusal(reason: String) -> [UInt8] {
        switch self {
        case .null: Command.error(reason: Array(reason.utf8)).frame()
        }
    }
}
