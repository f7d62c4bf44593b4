/// Reads the words of a command line, without the name of the program.
struct ArgumentParser {
    private var words: ArraySlice<String>
    private var socket = SocketArguments(kind: .req)
    private var kind: SocketKind?

    static func parse(_ words: [String]) throws(ToolError) -> Command {
        if words.contains(where: { $0 == "--help" || $0 == "-h" }) || words == ["help"] {
            return .help
        }
        guard let first = words.first else {
            throw ToolError("a socket type is missing; try: zmq --help")
        }
        if first == "demo" {
            if words.count > 1 { throw ToolError("demo takes no arguments") }
            return .demo
        }
        var parser = ArgumentParser(words: words[...])
        return .socket(try parser.parseSocket())
    }

    private init(words: ArraySlice<String>) {
        self.words = words
    }

    private mutating func parseSocket() throws(ToolError) -> SocketArguments {
        while let word = words.popFirst() {
            if word.hasPrefix("-"), word != "-" {
                try parseOption(word)
            } else {
                try parseKind(word)
            }
        }
        guard let kind else {
            throw ToolError("a socket type is missing: one of \(SocketKind.names)")
        }
        socket.kind = kind
        try checkTogether()
        return socket
    }

    private mutating func parseKind(_ word: String) throws(ToolError) {
        if kind != nil { throw ToolError("unexpected argument '\(word)'") }
        guard let named = SocketKind(rawValue: word.lowercased()) else {
            throw ToolError("unknown socket type '\(word)': one of \(SocketKind.names), or demo")
        }
        kind = named
    }

    private mutating func parseOption(_ word: String) throws(ToolError) {
        // Both "--count 3" and "--count=3".
        var name = word
        if let equals = word.firstIndex(of: "=") {
            name = String(word[..<equals])
            words = [String(word[word.index(after: equals)...])] + words
            if name == "--echo" { throw ToolError("--echo takes no value") }
        }
        switch name {
        case "--bind": socket.attachments.append(.bind(try value(of: name)))
        case "--connect": socket.attachments.append(.connect(try value(of: name)))
        case "--count": socket.count = try integer(of: name, atLeast: 1)
        case "--timeout": socket.timeout = try seconds(of: name, zeroAllowed: false)
        case "--subscribe": socket.subscriptions.append(TextFormat.bytes(try value(of: name)))
        case "--routing-id": socket.routingID = try parseRoutingID(try value(of: name))
        case "--echo": socket.echo = true
        case "--format": socket.format = try parseFormat(try value(of: name))
        case "--linger": socket.linger = try seconds(of: name, zeroAllowed: true)
        case "--hwm": socket.highWaterMark = try integer(of: name, atLeast: 0)
        default: throw ToolError("unknown option '\(name)'; try: zmq --help")
        }
    }

    private mutating func value(of option: String) throws(ToolError) -> String {
        guard let value = words.popFirst() else { throw ToolError("\(option) needs a value") }
        return value
    }

    private mutating func integer(of option: String, atLeast least: Int) throws(ToolError) -> Int {
        let text = try value(of: option)
        guard let number = Int(text), number >= least, number <= Int(Int32.max) else {
            throw ToolError("\(option) needs a whole number from \(least), not '\(text)'")
        }
        return number
    }

    private mutating func seconds(
        of option: String, zeroAllowed: Bool
    ) throws(ToolError) -> Duration {
        let text = try value(of: option)
        // Three years: more is a mistake, and far below what a Duration holds.
        guard let number = Double(text), number >= 0, number <= 1e8, zeroAllowed || number > 0
        else {
            throw ToolError("\(option) needs a number of seconds, not '\(text)'")
        }
        return .seconds(number)
    }

    private func parseFormat(_ text: String) throws(ToolError) -> LineFormat {
        guard let format = LineFormat(rawValue: text) else {
            throw ToolError("unknown format '\(text)': one of text json hex")
        }
        return format
    }

    private func parseRoutingID(_ text: String) throws(ToolError) -> [UInt8] {
        let bytes = TextFormat.bytes(text)
        guard (1...255).contains(bytes.count), bytes[0] != 0 else {
            throw ToolError("--routing-id needs 1 to 255 bytes, the first not zero")
        }
        return bytes
    }

    /// Options that are right by themselves and wrong for this socket.
    private func checkTogether() throws(ToolError) {
        if socket.attachments.isEmpty {
            throw ToolError("\(socket.kind.rawValue) needs --bind ENDPOINT or --connect ENDPOINT")
        }
        if socket.echo, !socket.kind.canEcho {
            throw ToolError("--echo works with rep, router, dealer and pair")
        }
        if !socket.subscriptions.isEmpty, !socket.kind.canSubscribe {
            throw ToolError("--subscribe works with sub and xsub")
        }
    }
}
