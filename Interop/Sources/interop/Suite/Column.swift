enum Transport: String, Sendable, CaseIterable {
    case tcp
    case tcp6
    case ipc
}

/// What we do with the endpoint.
enum Placement: String, Sendable, CaseIterable {
    case bind
    case connect
}

/// One column of the matrix.
struct Column: Hashable, Sendable {
    let foreign: PeerKind
    let transport: Transport
    let placement: Placement

    /// The side that binds.
    var binder: Side { placement == .bind ? .ours : .theirs }

    static func all(_ foreign: [PeerKind]) -> [Column] {
        foreign.flatMap { foreign in
            Transport.allCases.flatMap { transport in
                Placement.allCases.map {
                    Column(foreign: foreign, transport: transport, placement: $0)
                }
            }
        }
    }
}
