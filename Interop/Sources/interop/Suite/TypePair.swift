/// Our socket type and theirs.
struct TypePair: Hashable, Sendable {
    let ours: SocketType
    let theirs: SocketType

    var name: String { "\(ours.rawValue)-\(theirs.rawValue)" }
    var title: String { "\(ours.rawValue) to \(theirs.rawValue)" }

    func type(of side: Side) -> SocketType { side == .ours ? ours : theirs }
    func contains(_ type: SocketType) -> Bool { ours == type || theirs == type }

    /// Every pair that speaks ZMTP: the whole table, by construction.
    static let all: [TypePair] = SocketType.allCases.flatMap { ours in
        ours.peers.map { TypePair(ours: ours, theirs: $0) }
    }.filter { $0.ours != .stream }

    static let streams = [
        TypePair(ours: .stream, theirs: .stream), TypePair(ours: .stream, theirs: .raw),
    ]

    /// The pairs of these types, in both orders.
    static func both(_ a: SocketType, _ b: SocketType) -> [TypePair] {
        a == b
            ? [TypePair(ours: a, theirs: b)]
            : [TypePair(ours: a, theirs: b), TypePair(ours: b, theirs: a)]
    }

    /// The side whose type it is; ours when both are.
    func side(of type: SocketType) -> Side { ours == type ? .ours : .theirs }
}

enum Side: String, Sendable {
    case ours
    case theirs

    var other: Side { self == .ours ? .theirs : .ours }
}
