/// A socket type as it is named on the command line.
enum SocketKind: String, CaseIterable {
    case req, rep, dealer, router, pub, sub, push, pull, pair, xpub, xsub, stream

    var sends: Bool { self != .sub && self != .pull }

    var receives: Bool { self != .pub && self != .push }

    var canEcho: Bool {
        switch self {
        case .rep, .router, .dealer, .pair: true
        default: false
        }
    }

    var canSubscribe: Bool { self == .sub || self == .xsub }

    static var names: String {
        allCases.map(\.rawValue).joined(separator: " ")
    }
}
