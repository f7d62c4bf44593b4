/// What the command line asks for.
enum Command: Equatable {
    case help
    case demo
    case socket(SocketArguments)
}

/// One socket: where it is attached, and when it ends.
struct SocketArguments: Equatable {
    enum Attachment: Equatable {
        case bind(String)
        case connect(String)
    }

    var kind: SocketKind
    var attachments: [Attachment] = []
    var count: Int?
    var timeout: Duration?
    var subscriptions: [[UInt8]] = []
    var routingID: [UInt8]?
    var echo = false
    var format = LineFormat.text
    /// How long to wait for unsent messages at the end; nil waits until they are sent.
    var linger: Duration?
    var highWaterMark: Int?

    init(kind: SocketKind) {
        self.kind = kind
    }
}
