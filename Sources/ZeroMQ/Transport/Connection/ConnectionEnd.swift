/// Why a connection is over, for whoever made it.
enum ConnectionEnd {
    /// It never came about.
    case connectFailed(IOError)
    /// It was connected to itself, by the kernel's choice of ports.
    case connectedToItself
    /// The peer closed it in good order.
    case closedByPeer
    case lost(IOError)
    case failed(SessionFailure)
    /// The socket refused the peer.
    case refused(String)
    /// We closed it.
    case closedByUs

    /// In words, for events.
    var reason: String {
        switch self {
        case .connectFailed(let error): error.description
        case .connectedToItself: "the connection led back to its own port"
        case .closedByPeer: "closed by the peer"
        case .lost(let error): error.description
        case .failed(let failure): failure.description
        case .refused(let why): why
        case .closedByUs: "closed"
        }
    }

    /// Whether there was another side at all, which ended the connection or was refused.
    var isOfHandshake: Bool {
        switch self {
        case .closedByPeer, .lost, .failed, .refused: true
        case .connectFailed, .connectedToItself, .closedByUs: false
        }
    }

    /// Whether trying again can help.
    var allowsReconnect: Bool {
        switch self {
        case .failed(let failure): failure.retry == .reconnect
        case .closedByUs: false
        default: true
        }
    }
}
