import Synchronization
import ZeroMQ

/// One open socket, by whichever interface the coordinator asked for.
final class PeerSocket: Sendable {
    let type: String
    let socket: any ZeroMQSocket
    private let isBlocking: Bool
    private let connections = Atomic<Int>(0)
    private let disconnections = Atomic<Int>(0)
    private let stream = Mutex<[UInt8]>([])

    init(_ context: Context, _ type: String, _ words: Words) throws(ZeroMQError) {
        self.type = type
        isBlocking = words.options["api"] == "blocking"
        socket = try PeerSocket.make(context, type, try SocketOptions(words))
        let events = socket.events
        // The stream ends with the socket, and the task with the stream.
        Task { [weak self] in
            for await event in events {
                self?.count(event)
            }
        }
    }

    private static func make(
        _ context: Context, _ type: String, _ options: SocketOptions
    ) throws(ZeroMQError) -> any ZeroMQSocket {
        switch type {
        case "PAIR": try PairSocket(context, options: options)
        case "PUB": try PublisherSocket(context, options: options)
        case "SUB": try SubscriberSocket(context, options: options)
        case "REQ": try RequestSocket(context, options: options)
        case "REP": try ReplySocket(context, options: options)
        case "DEALER": try DealerSocket(context, options: options)
        case "ROUTER": try RouterSocket(context, options: options)
        case "PULL": try PullSocket(context, options: options)
        case "PUSH": try PushSocket(context, options: options)
        case "XPUB": try XPublisherSocket(context, options: options)
        case "XSUB": try XSubscriberSocket(context, options: options)
        case "STREAM": try StreamSocket(context, options: options)
        default: throw ZeroMQError(.unsupported, "no socket type \(type)")
        }
    }

    var isStream: Bool { type == "STREAM" }

    // MARK: Messages

    func send(_ message: Message, within time: Duration) async throws(ZeroMQError) {
        guard let sending = socket as? any SendingSocket else {
            throw ZeroMQError(.unsupported, "\(type) does not send")
        }
        if isBlocking { return try sendBlocking(sending, message, time) }
        if socket.options.sendTimeout != time {
            try socket.updateOptions { $0.sendTimeout = time }
        }
        try await sending.send(message)
    }

    func receive(within time: Duration) async throws(ZeroMQError) -> Message {
        guard let receiving = socket as? any ReceivingSocket else {
            throw ZeroMQError(.unsupported, "\(type) does not receive")
        }
        if isBlocking { return try receiveBlocking(receiving, time) }
        if let message = try receiving.tryReceive() { return message }
        if socket.options.receiveTimeout != time {
            try socket.updateOptions { $0.receiveTimeout = time }
        }
        return try await receiving.receive()
    }

    // Blocking calls are not for tasks; this process has nothing else to do meanwhile.
    private func sendBlocking(_ sending: any SendingSocket, _ message: Message, _ time: Duration)
        throws(ZeroMQError)
    {
        try sending.sendBlocking(message, timeout: time)
    }

    private func receiveBlocking(_ receiving: any ReceivingSocket, _ time: Duration)
        throws(ZeroMQError) -> Message
    {
        try receiving.receiveBlocking(timeout: time)
    }

    func setSubscription(_ topic: String, isWanted: Bool) async throws(ZeroMQError) {
        if let subscriber = socket as? SubscriberSocket {
            try isWanted ? subscriber.subscribe(topic) : subscriber.unsubscribe(topic)
        } else {
            // The form of XSUB that libzmq knows: a message.
            try await send(Message([isWanted ? 1 : 0] + Array(topic.utf8)), within: .seconds(3))
        }
    }

    // MARK: Bytes of a STREAM

    func keep(_ bytes: [UInt8]) {
        stream.withLock { $0 += bytes }
    }

    /// The first `count` bytes, once so many have come.
    func cut(_ count: Int) -> ArraySlice<UInt8>? {
        stream.withLock { bytes in
            guard bytes.count >= count else { return nil }
            let cut = bytes[..<count]
            bytes.removeSubrange(..<count)
            return cut
        }
    }

    // MARK: Counters

    private func count(_ event: SocketEvent) {
        if event.kind == .handshakeSucceeded { connections.add(1, ordering: .relaxed) }
        if event.kind == .disconnected { disconnections.add(1, ordering: .relaxed) }
    }

    var report: String {
        let dropped = socket.statistics.dropped[.highWaterMark] ?? 0
        return "ok connections=\(connections.load(ordering: .relaxed)) "
            + "disconnections=\(disconnections.load(ordering: .relaxed)) dropped=\(dropped)"
    }
}
