import ZeroMQ

/// Runs commands on named sockets.
final class Peer {
    let context: Context
    private var sockets: [String: PeerSocket] = [:]

    init(_ context: Context) {
        self.context = context
    }

    /// The line to answer.
    func run(_ words: Words) async -> String {
        do throws(ZeroMQError) {
            switch words.command {
            case "hello": return "ok peer=swift version=in-development"
            case "halt": return "ok"
            case "nap":
                try? await Task.sleep(for: words.milliseconds("ms") ?? .zero)
                return "ok"
            case "open": return try open(words)
            default: return try await runOnSocket(words)
            }
        } catch {
            return "err \(error.word) \(error.description.replacing(" ", with: "_"))"
        }
    }

    private func open(_ words: Words) throws(ZeroMQError) -> String {
        guard words.plain.count == 2, sockets[words.plain[0]] == nil else { return "err usage" }
        sockets[words.plain[0]] = try PeerSocket(context, words.plain[1], words)
        return "ok"
    }

    private func runOnSocket(_ words: Words) async throws(ZeroMQError) -> String {
        guard let name = words.plain.first, let socket = sockets[name] else {
            return "err nosocket"
        }
        let argument = words.plain.count > 1 ? words.plain[1] : ""
        switch words.command {
        case "bind": return "ok endpoint=\(try socket.socket.bind(argument))"
        case "connect": try socket.socket.connect(argument)
        case "unbind": try socket.socket.unbind(argument)
        case "disconnect": try socket.socket.disconnect(argument)
        case "sub": try await socket.setSubscription(argument, isWanted: true)
        case "unsub": try await socket.setSubscription(argument, isWanted: false)
        case "send": return await Sending(socket, Shape(words)).send()
        case "pump": return await Sending(socket, Shape(words)).pump()
        case "recv": return await Receiving(socket, Shape(words)).receive()
        case "echo": return await Receiving(socket, Shape(words)).echo()
        case "ask": return await Receiving(socket, Shape(words)).ask()
        case "put": try await put(socket, argument, words)
        case "take": return try await take(socket, words)
        case "stats": return socket.report
        case "close": return await close(name, socket, words)
        default: return "err usage"
        }
        return "ok"
    }

    private func put(_ socket: PeerSocket, _ frames: String, _ words: Words)
        async throws(ZeroMQError)
    {
        let frames = frames.split(separator: ",", omittingEmptySubsequences: false)
            .map { Frame(Hex.bytes($0)) }
        let time = words.milliseconds("timeout") ?? .seconds(3)
        try await socket.send(Message(frames), within: time)
    }

    private func take(_ socket: PeerSocket, _ words: Words) async throws(ZeroMQError) -> String {
        let time = words.milliseconds("timeout") ?? .seconds(3)
        let message = try await socket.receive(within: time)
        return "ok frames=" + message.map { Hex.text($0.array) }.joined(separator: ",")
    }

    private func close(_ name: String, _ socket: PeerSocket, _ words: Words) async -> String {
        sockets.removeValue(forKey: name)
        let report = await socket.socket.close(linger: words.milliseconds("linger"))
        return "ok flushed=\(report.flushed) discarded=\(report.discarded)"
    }
}
