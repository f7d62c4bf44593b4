import ZeroMQ

/// A socket of any type, by what it can do.
struct OpenSocket: Sendable {
    let base: any ZeroMQSocket
    let sender: (any SendingSocket)?
    let receiver: (any ReceivingSocket)?

    private init(_ socket: any ZeroMQSocket) {
        base = socket
        sender = socket as? any SendingSocket
        receiver = socket as? any ReceivingSocket
    }

    /// Opens the socket, subscribes and attaches it; `announce` gets each endpoint that the
    /// system chose.
    static func open(
        _ arguments: SocketArguments, in context: Context, announce: (String) -> Void
    ) throws -> OpenSocket {
        let socket = OpenSocket(try make(arguments.kind, context, try options(for: arguments)))
        try socket.subscribe(arguments)
        for attachment in arguments.attachments {
            switch attachment {
            case .connect(let endpoint):
                try socket.base.connect(endpoint)
            case .bind(let endpoint):
                let bound = try socket.base.bind(endpoint)
                if endpoint.contains("*") || endpoint.hasSuffix(":0") { announce(bound) }
            }
        }
        return socket
    }

    private static func options(for arguments: SocketArguments) throws -> SocketOptions {
        var options = SocketOptions()
        options.linger = arguments.linger
        if let id = arguments.routingID { options.routingID = try RoutingID(id) }
        if let mark = arguments.highWaterMark {
            options.sendHighWaterMark = mark
            options.receiveHighWaterMark = mark
        }
        return options
    }

    private func subscribe(_ arguments: SocketArguments) throws {
        switch base {
        case let subscriber as SubscriberSocket:
            let everything: [[UInt8]] = [[]]
            let wanted = arguments.subscriptions
            for topic in wanted.isEmpty ? everything : wanted { try subscriber.subscribe(topic) }
        case let subscriber as XSubscriberSocket:
            for topic in arguments.subscriptions { try subscriber.subscribe(topic) }
        default:
            break
        }
    }

    private static func make(
        _ kind: SocketKind, _ context: Context, _ options: SocketOptions
    ) throws -> any ZeroMQSocket {
        switch kind {
        case .req: try RequestSocket(context, options: options)
        case .rep: try ReplySocket(context, options: options)
        case .dealer: try DealerSocket(context, options: options)
        case .router: try RouterSocket(context, options: options)
        case .pub: try PublisherSocket(context, options: options)
        case .sub: try SubscriberSocket(context, options: options)
        case .push: try PushSocket(context, options: options)
        case .pull: try PullSocket(context, options: options)
        case .pair: try PairSocket(context, options: options)
        case .xpub: try XPublisherSocket(context, options: options)
        case .xsub: try XSubscriberSocket(context, options: options)
        case .stream: try StreamSocket(context, options: options)
        }
    }
}
