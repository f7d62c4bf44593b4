/// The one error this library throws: what went wrong, in which words, and where.
///
/// Nothing that a peer sends, no exhausted resource and no misuse of the interface ends the
/// process; it ends in one of these.
public struct ZeroMQError: Error, Sendable {
    /// What kind of trouble it is.
    public let code: Code
    /// One clear sentence.
    public let message: String
    /// The endpoint concerned, if there is one.
    public var endpoint: String?
    /// The system's error number (`errno`), where a system call failed.
    public var systemCode: Int32?

    /// Makes an error.
    public init(
        _ code: Code, _ message: String, endpoint: String? = nil, systemCode: Int32? = nil
    ) {
        self.code = code
        self.message = message
        self.endpoint = endpoint
        self.systemCode = systemCode
    }
}

extension ZeroMQError: CustomStringConvertible {
    /// The message, the endpoint and the system's error number on one line.
    public var description: String {
        var text = message
        if let endpoint, !message.contains(endpoint) { text += " [\(endpoint)]" }
        if let systemCode, systemCode != 0 { text += " (errno \(systemCode))" }
        return text
    }
}

extension ZeroMQError {
    static func malformed(_ message: String) -> ZeroMQError {
        ZeroMQError(.malformedMessage, message)
    }

    static func wrongState(_ message: String) -> ZeroMQError {
        ZeroMQError(.wrongState, message)
    }

    static let closed = ZeroMQError(.closed, "the socket is closed")
    static let terminated = ZeroMQError(.terminated, "the context has been shut down")
    static let cancelled = ZeroMQError(.cancelled, "the task was cancelled")

    static func timedOut(_ what: String) -> ZeroMQError {
        ZeroMQError(.timedOut, "\(what) timed out")
    }
}
