/// The names of commands that ZMTP 3.1 and its mechanisms define, as they travel.
enum CommandName: String, CaseIterable, Hashable, Sendable {
    case ready = "READY"
    case error = "ERROR"
    case ping = "PING"
    case pong = "PONG"
    case subscribe = "SUBSCRIBE"
    case cancel = "CANCEL"
    case hello = "HELLO"
    case welcome = "WELCOME"
    case initiate = "INITIATE"

    /// Whether the name belongs to the handshake and may not be seen after it.
    var isHandshake: Bool {
        switch self {
        case .ready, .error, .hello, .welcome, .initiate: true
        case .ping, .pong, .subscribe, .cancel: false
        }
    }

    /// The name made of exactly these bytes; `nil` for any other.
    init?(bytes: UnsafeRawBufferPointer) {
        for name in CommandName.allCases where name.rawValue.utf8.elementsEqual(bytes) {
            self = name
            return
        }
        return nil
    }
}
