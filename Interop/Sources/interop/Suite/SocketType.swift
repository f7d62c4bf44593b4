/// The socket types of the matrix; `raw` is a plain TCP socket.
enum SocketType: String, Sendable, CaseIterable {
    case pair = "PAIR"
    case pub = "PUB"
    case sub = "SUB"
    case req = "REQ"
    case rep = "REP"
    case dealer = "DEALER"
    case router = "ROUTER"
    case pull = "PULL"
    case push = "PUSH"
    case xpub = "XPUB"
    case xsub = "XSUB"
    case stream = "STREAM"
    case raw = "RAW"

    /// The types it may talk with.
    var peers: [SocketType] {
        switch self {
        case .pair: [.pair]
        case .pub, .xpub: [.sub, .xsub]
        case .sub, .xsub: [.pub, .xpub]
        case .req: [.rep, .router]
        case .rep: [.req, .dealer]
        case .dealer: [.rep, .dealer, .router]
        case .router: [.req, .dealer, .router]
        case .pull: [.push]
        case .push: [.pull]
        case .stream: [.stream, .raw]
        case .raw: []
        }
    }

    var publishes: Bool { self == .pub || self == .xpub }
    var subscribes: Bool { self == .sub || self == .xsub }
}
