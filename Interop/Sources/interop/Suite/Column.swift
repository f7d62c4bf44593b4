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
    /// What we are.
    let ours: PeerKind
    let foreign: PeerKind
    let transport: Transport
    let placement: Placement

    /// The side that binds.
    var binder: Side { placement == .bind ? .ours : .theirs }

    /// What tells columns of one transport and placement apart.
    var peers: String {
        switch ours {
        case .uring, .wine: "\(ours.rawValue)/\(foreign.rawValue)"
        case .swift, .libzmq, .pyzmq: foreign.rawValue
        }
    }

    /// Completion ports against libzmq over tcp; Wine has no local sockets. In a quick run we bind.
    static func wine(isQuick: Bool) -> [Column] {
        let placements: [Placement] = isQuick ? [.bind] : Placement.allCases
        return placements.map {
            Column(ours: .wine, foreign: .libzmq, transport: .tcp, placement: $0)
        }
    }

    /// The other poller of Linux; in a quick run against libzmq, where another peer tells no more.
    static func uring(_ foreign: [PeerKind], isQuick: Bool) -> [Column] {
        all(.uring, isQuick ? [.libzmq] : foreign)
    }

    static func all(_ ours: PeerKind, _ foreign: [PeerKind]) -> [Column] {
        foreign.flatMap { foreign in
            Transport.allCases.flatMap { transport in
                Placement.allCases.map {
                    Column(
                        ours: ours, foreign: foreign, transport: transport, placement: $0)
                }
            }
        }
    }
}
