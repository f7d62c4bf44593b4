/// The role a socket announces to its peers; raw values are libzmq's (`ZMQ_PAIR` is 0, and so on).
enum SocketType: UInt8, CaseIterable, Hashable, Sendable {
    case pair = 0
    case publisher = 1
    case subscriber = 2
    case request = 3
    case reply = 4
    case dealer = 5
    case router = 6
    case pull = 7
    case push = 8
    case xPublisher = 9
    case xSubscriber = 10
    /// Raw TCP. Speaks no ZMTP: it has no session and no peer type.
    case stream = 11

    /// The name as it travels in `Socket-Type`: upper case, compared byte for byte.
    var wireName: String {
        switch self {
        case .pair: "PAIR"
        case .publisher: "PUB"
        case .subscriber: "SUB"
        case .request: "REQ"
        case .reply: "REP"
        case .dealer: "DEALER"
        case .router: "ROUTER"
        case .pull: "PULL"
        case .push: "PUSH"
        case .xPublisher: "XPUB"
        case .xSubscriber: "XSUB"
        case .stream: "STREAM"
        }
    }

    /// The type of that name; `nil` for anything that is not a ZMTP socket type known here.
    init?(wireName: some Sequence<UInt8>) {
        let name = Array(wireName)
        let match = SocketType.allCases.first {
            $0 != .stream && $0.wireName.utf8.elementsEqual(name)
        }
        guard let match else { return nil }
        self = match
    }

    init?(wireName: String) {
        self.init(wireName: wireName.utf8)
    }

    /// Whether RFC 23 and 37 let these two types talk to each other; symmetric.
    func canPeer(with other: SocketType) -> Bool {
        switch self {
        case .pair: other == .pair
        case .publisher, .xPublisher: other == .subscriber || other == .xSubscriber
        case .subscriber, .xSubscriber: other == .publisher || other == .xPublisher
        case .request: other == .reply || other == .router
        case .reply: other == .request || other == .dealer
        case .dealer: other == .reply || other == .dealer || other == .router
        case .router: other == .request || other == .dealer || other == .router
        case .pull: other == .push
        case .push: other == .pull
        case .stream: false
        }
    }

    /// Whether the type announces an `Identity` in its handshake (RFC 23: REQ, DEALER, ROUTER).
    var announcesRoutingID: Bool {
        switch self {
        case .request, .dealer, .router: true
        default: false
        }
    }

    /// Whether a peer may send messages to this type.
    var receivesMessages: Bool {
        switch self {
        case .publisher, .push: false
        default: true
        }
    }

    /// Whether this type keeps the subscriptions of its peers.
    var consumesSubscriptions: Bool {
        switch self {
        case .publisher, .xPublisher: true
        default: false
        }
    }
}
